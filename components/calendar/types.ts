import type { AppointmentEventView, AppointmentView, VisitView } from "@/lib/appointments/views";
import type { SlotView } from "@/lib/availability/views";
import type { Result } from "@/lib/domain/result";

/** Everything about one visit, as its panel and its page show it. */
export type VisitDetails = {
  visit: VisitView;
  patient: {
    recordNumber: string;
    dateOfBirth: string | null;
    /** E.164, to be called; `phoneText` as people write it. */
    phone: string | null;
    phoneText: string | null;
    email: string | null;
  } | null;
  history: AppointmentEventView[];
  viewerId: string;
};

type Call<T> = (input: unknown) => Promise<Result<T>>;

/** What staff do with a visit; server actions. */
export type VisitActions = {
  changeStatus: Call<AppointmentView>;
  cancel: Call<AppointmentView>;
  move: Call<AppointmentView>;
  freeTimes: Call<SlotView[]>;
};

export type NamedId = { id: string; name: string };
