import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { addExceptionAction, deleteExceptionAction, saveHoursAction } from "@/app/(doctor)/hours/actions";
import { HoursEditor } from "@/components/doctors/hours-editor";
import { LeaveForm } from "@/components/doctors/leave-form";
import { LeaveList } from "@/components/doctors/leave-list";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { isUuid } from "@/lib/clinic/queries";
import { doctorPlaces } from "@/lib/doctors/doctor-places";
import { leaveWithVisits } from "@/lib/doctors/leave-with-visits";
import { getDoctor, getSchedule } from "@/lib/doctors/queries";
import { idleForm } from "@/lib/platform/action-state";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../../clinic-lists";
import type { Search } from "../../../../search-params";
import { DoneNote } from "../../../done-note";

type Props = { params: Promise<{ id: string }>; searchParams: Search };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.doctors"))("hours") };
}

export default async function DoctorHoursPage({ params, searchParams }: Props) {
  const ctx = await requireActor("admin");
  const [{ id: doctorId }, { done }, t, hours, lists] = await Promise.all([
    params,
    searchParams,
    getTranslations("admin.doctors"),
    getTranslations("hours"),
    clinicLists("all"),
  ]);
  if (!isUuid(doctorId)) notFound();
  const [doctor, schedule, places, leave] = await Promise.all([
    getDoctor(ctx, { id: doctorId }),
    getSchedule(ctx, { doctorId }),
    doctorPlaces(ctx, { doctorId }),
    leaveWithVisits(ctx, { doctorId }),
  ]);
  if (!doctor.ok || !schedule.ok || !places.ok || !leave.ok) notFound();
  const { name, serviceIds } = doctor.value;
  const services = lists.services.filter(({ id }) => serviceIds.includes(id));
  return (
    <StaffPage
      title={t("hoursOf", { name })}
      crumbs={[
        { label: t("title"), href: "/admin/doctors" },
        { label: name, href: `/admin/doctors/${doctorId}` },
        { label: t("hours") },
      ]}
    >
      <DoneNote done={done} />
      <ClientMessages namespaces={["hours"]}>
        <div className="grid items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <section>
            <h2 className="mb-2 text-lg">{hours("weekly")}</h2>
            <HoursEditor
              doctorId={doctorId}
              schedule={schedule.value}
              places={places.value}
              services={services.map((service) => ({ id: service.id, name: service.name }))}
              save={saveHoursAction}
              idle={idleForm}
            />
          </section>
          <div className="grid gap-8">
            <section>
              <h2 className="mb-2 text-lg">{hours("exceptions.title")}</h2>
              <LeaveList
                doctorId={doctorId}
                exceptions={leave.value}
                places={places.value}
                remove={deleteExceptionAction}
                idle={idleForm}
                visitPath="/appointments/"
              />
            </section>
            <section>
              <h2 className="mb-3 text-lg">{hours("add_exception.title")}</h2>
              <LeaveForm doctorId={doctorId} places={places.value} add={addExceptionAction} idle={idleForm} />
            </section>
          </div>
        </div>
      </ClientMessages>
    </StaffPage>
  );
}
