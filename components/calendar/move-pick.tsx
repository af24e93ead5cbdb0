"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { VisitView } from "@/lib/appointments/views";
import type { SlotView } from "@/lib/availability/views";
import { dayNumber, secondsOfTime } from "@/lib/domain/calendar";
import { instantOf } from "@/lib/domain/zone";
import { formatLocalDate, formatTime } from "@/lib/format/dates";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { DialogFooter } from "../ui/dialog";
import { SelectField, TextField } from "../ui/field";
import { LiveRegion } from "../ui/live-region";
import { Skeleton } from "../ui/skeleton";
import type { MoveWish } from "./move-dialog";
import { dateAt } from "./range";
import type { NamedId, VisitActions } from "./types";

type Props = {
  visit: VisitView;
  doctors: NamedId[];
  actions: Pick<VisitActions, "freeTimes">;
  onWish: (wish: MoveWish) => void;
  onClose: () => void;
};
type Times = { key: string; slots: SlotView[] | null };

/** Chooses doctor, day and time: what is free as buttons, any other time by typing it. */
export function MovePick({ visit, doctors, actions, onWish, onClose }: Props) {
  const t = useTranslations("calendar.move");
  const locale = useLocale();
  const [date, setDate] = useState(dateAt(visit.start, visit.timeZone));
  const [doctorId, setDoctorId] = useState(visit.doctor.id);
  const doctor = doctors.find(({ id }) => id === doctorId) ?? visit.doctor;
  const times = useFreeTimes(actions, { visitId: visit.id, doctorId, date });
  const shown =
    times === "loading"
      ? t("loading")
      : times
        ? t("count", { count: times.length, date: formatLocalDate(date, locale) })
        : t("failed");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        {doctors.length > 1 ? (
          <SelectField
            name="move-doctor"
            label={t("doctor")}
            value={doctorId}
            onChange={(event) => setDoctorId(event.currentTarget.value)}
          >
            {doctors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        ) : null}
        <TextField
          name="move-date"
          label={t("date")}
          type="date"
          value={date}
          onChange={(event) => event.currentTarget.value && setDate(event.currentTarget.value)}
        />
      </div>
      <h3 className="mt-5 mb-2 text-base">{t("times")}</h3>
      <LiveRegion message={shown} />
      <div className="min-h-24">
        <TimeButtons times={times} onTake={(slot) => onWish({ start: slot.start, doctor })} />
      </div>
      <OtherTime date={date} timeZone={visit.timeZone} onTake={(start) => onWish({ start, doctor })} />
      <DialogFooter>
        <Button variant="ghost" size="sm" onClick={onClose}>
          {t("no")}
        </Button>
      </DialogFooter>
    </>
  );
}

type Asked = { visitId: string; doctorId: string; date: string };

/** Null where they could not be read. */
function useFreeTimes(
  { freeTimes }: Props["actions"],
  { visitId, doctorId, date }: Asked,
): SlotView[] | "loading" | null {
  const key = `${doctorId} ${date}`;
  const [times, setTimes] = useState<Times>({ key: "", slots: null });
  useEffect(() => {
    let isOver = false;
    freeTimes({ visitId, doctorId, date }).then(
      (found) => !isOver && setTimes({ key, slots: found.ok ? found.value : null }),
      () => !isOver && setTimes({ key, slots: null }),
    );
    return () => {
      isOver = true;
    };
  }, [freeTimes, visitId, doctorId, date, key]);
  return times.key === key ? times.slots : "loading";
}

function TimeButtons({ times, onTake }: { times: SlotView[] | "loading" | null; onTake: (slot: SlotView) => void }) {
  const t = useTranslations("calendar.move");
  const locale = useLocale();
  if (times === "loading") return <Skeleton className="h-24" />;
  if (times === null) return <Alert variant="danger">{t("failed")}</Alert>;
  if (times.length === 0) return <p className="text-muted-foreground">{t("none")}</p>;
  return (
    <ul className="flex flex-wrap gap-2">
      {times.map((slot) => (
        <li key={`${slot.start} ${slot.locationId}`}>
          <Button variant="secondary" size="sm" className="figures" onClick={() => onTake(slot)}>
            {formatTime(slot.start, slot.timeZone, locale)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function OtherTime({ date, timeZone, onTake }: { date: string; timeZone: string; onTake: (start: string) => void }) {
  const t = useTranslations("calendar.move");
  const [time, setTime] = useState("");
  const [isWrong, setWrong] = useState(false);
  function take() {
    const seconds = secondsOfTime(time);
    if (Number.isNaN(seconds)) return setWrong(true);
    onTake(new Date(instantOf(timeZone, dayNumber(date), seconds, "opens") * 1_000).toISOString());
  }
  return (
    <div className="mt-5 flex flex-wrap items-end gap-3">
      <TextField
        name="move-time"
        type="time"
        label={t("other")}
        hint={t("otherHint")}
        error={isWrong ? t("badTime") : undefined}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
        controlClassName="max-w-36"
      />
      <Button variant="secondary" size="sm" onClick={take}>
        {t("useOther")}
      </Button>
    </div>
  );
}
