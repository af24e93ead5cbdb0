import { getTranslations } from "next-intl/server";
import { HoursEditor } from "@/components/doctors/hours-editor";
import { LeaveForm } from "@/components/doctors/leave-form";
import { LeaveList } from "@/components/doctors/leave-list";
import { ClientMessages } from "@/components/shell/client-messages";
import { listServices } from "@/lib/clinic/queries";
import { doctorPlaces } from "@/lib/doctors/doctor-places";
import { leaveWithVisits } from "@/lib/doctors/leave-with-visits";
import { getDoctor, getSchedule } from "@/lib/doctors/queries";
import { idleForm } from "@/lib/platform/action-state";
import type { Context } from "@/lib/platform/context";
import { addExceptionAction, deleteExceptionAction, saveHoursAction } from "./actions";

const MOST_SERVICES = 200;

/** A doctor with their weekly hours, places, services and leave, or null where the reader may not see all of it. */
export async function hoursOf(ctx: Context, doctorId: string) {
  const [doctor, schedule, places, services, leave] = await Promise.all([
    getDoctor(ctx, { id: doctorId }),
    getSchedule(ctx, { doctorId }),
    doctorPlaces(ctx, { doctorId }),
    listServices(ctx, { state: "all", limit: MOST_SERVICES }),
    leaveWithVisits(ctx, { doctorId }),
  ]);
  if (!doctor.ok || !schedule.ok || !places.ok || !services.ok || !leave.ok) return null;
  const own = services.value.items.filter(({ id }) => doctor.value.serviceIds.includes(id));
  return {
    doctor: doctor.value,
    schedule: schedule.value,
    places: places.value,
    services: own.map(({ id, name }) => ({ id, name })),
    leave: leave.value,
  };
}

type Props = { hours: NonNullable<Awaited<ReturnType<typeof hoursOf>>>; visitPath: string };

/** The week beside leave and extra hours, to be changed by the doctor or an admin. */
export async function DoctorHours({ hours: { doctor, schedule, places, services, leave }, visitPath }: Props) {
  const t = await getTranslations("hours");
  return (
    <ClientMessages namespaces={["hours"]}>
      <div className="grid items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <section>
          <h2 className="mb-2 text-lg">{t("weekly")}</h2>
          <HoursEditor
            doctorId={doctor.id}
            schedule={schedule}
            places={places}
            services={services}
            save={saveHoursAction}
            idle={idleForm}
          />
        </section>
        <div className="grid gap-8">
          <section>
            <h2 className="mb-2 text-lg">{t("exceptions.title")}</h2>
            <LeaveList
              doctorId={doctor.id}
              exceptions={leave}
              places={places}
              remove={deleteExceptionAction}
              idle={idleForm}
              visitPath={visitPath}
            />
          </section>
          <section>
            <h2 className="mb-3 text-lg">{t("add_exception.title")}</h2>
            <LeaveForm doctorId={doctor.id} places={places} add={addExceptionAction} idle={idleForm} />
          </section>
        </div>
      </div>
    </ClientMessages>
  );
}
