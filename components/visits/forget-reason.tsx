"use client";

import { useEffect } from "react";
import { keepReason } from "../find/reason-draft";

/** The visit is booked: what was typed for it need not be kept any longer. */
export function ForgetReason() {
  useEffect(() => keepReason(""), []);
  return null;
}
