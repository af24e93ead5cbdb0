import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HoursEditor } from "@/components/doctors/hours-editor";
import { LeaveForm } from "@/components/doctors/leave-form";
import { LeaveList } from "@/components/doctors/leave-list";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { listServices } from "@/lib/clinic/queries";
import { doctorPlaces } from "@/lib/doctors/doctor-places";
import { leaveWithVisits } from "@/lib/doctors/leave-with-visits";
import { getDoctor, getSchedule } from "@/lib/doctors/queries";
import { idleForm } from "@/lib/platform/action-state";
import { requireDoctor } from "../own-doctor";
import { addExceptionAction, deleteExceptionAction, saveHoursAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hours"))("title") };
}

const MOST_SERVICES = 200;

export default async function HoursPage() {
  const { ctx, doctorId } = await requireDoctor();
  const [doctor, schedule, places, services, leave, t] = await Promise.all([
    getDoctor(ctx, { id: doctorId }),
    getSchedule(ctx, { doctorId }),
    doctorPlaces(ctx, { doctorId }),
    listServices(ctx, { state: "all", limit: MOST_SERVICES }),
    leaveWithVisits(ctx, { doctorId }),
    getTranslations("hours"),
  ]);
  if (!doctor.ok || !schedule.ok || !places.ok || !services.ok || !leave.ok)
    throw new Error("the doctor's own hours cannot be read");
  const own = services.value.items.filter(({ id }) => doctor.value.serviceIds.includes(id));
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <ClientMessages namespaces={["hours"]}>
        <div className="grid items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <section>
            <h2 className="mb-2 text-lg">{t("weekly")}</h2>
            <HoursEditor
              doctorId={doctorId}
              schedule={schedule.value}
              places={places.value}
              services={own.map(({ id, name }) => ({ id, name }))}
              save={saveHoursAction}
              idle={idleForm}
            />
          </section>
          <div className="grid gap-8">
            <section>
              <h2 className="mb-2 text-lg">{t("exceptions.title")}</h2>
              <LeaveList
                doctorId={doctorId}
                exceptions={leave.value}
                places={places.value}
                remove={deleteExceptionAction}
                idle={idleForm}
                visitPath="/calendar/visits/"
              />
            </section>
            <section>
              <h2 className="mb-3 text-lg">{t("add_exception.title")}</h2>
              <LeaveForm doctorId={doctorId} places={places.value} add={addExceptionAction} idle={idleForm} />
            </section>
          </div>
        </div>
      </ClientMessages>
    </StaffPage>
  );
}
