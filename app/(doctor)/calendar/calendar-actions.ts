import type { VisitActions } from "@/components/calendar/types";
import { cancelVisitAction, changeStatusAction, freeTimesAction, moveVisitAction } from "./actions";

/** The actions as one value, for the components that take them all. */
export const calendarActions: VisitActions = {
  changeStatus: changeStatusAction,
  cancel: cancelVisitAction,
  move: moveVisitAction,
  freeTimes: freeTimesAction,
};
