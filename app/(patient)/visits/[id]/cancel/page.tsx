import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { SummaryList } from "@/components/ui/summary-list";
import { visitHref } from "@/components/visits/visit-href";
import { obstacleTo, readVisitPage, type VisitPageProps } from "../read-visit";
import { Refused } from "../refused";
import { visitRows } from "../visit-rows";
import { CancelForm } from "./cancel-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.cancelling"))("title") };
}

/** Shows what would be cancelled; only the form's button does it. */
export default async function CancelPage(props: VisitPageProps) {
  const data = await readVisitPage(props, "/cancel");
  const obstacle = obstacleTo("cancel", data);
  if (obstacle) return <Refused data={data} what="cancel" obstacle={obstacle} />;
  const { visit } = data;
  const [t, rows] = await Promise.all([getTranslations("visits.cancelling"), visitRows(visit)]);
  return (
    <PatientPage title={t("title")} lead={t("lead")}>
      <SummaryList rows={rows.filter(({ id }) => id !== "reason")} className="mb-8" />
      <ClientMessages namespaces={["visits"]}>
        <CancelForm
          id={visit.id}
          keepHref={visitHref(visit)}
          moveHref={visit.allowed.reschedule ? visitHref(visit, "/move") : null}
        />
      </ClientMessages>
    </PatientPage>
  );
}
