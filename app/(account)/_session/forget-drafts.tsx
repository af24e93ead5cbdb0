"use client";

import { useEffect } from "react";
import { keepReason } from "@/components/find/reason-draft";
import { forgetDrafts } from "./drafts";

/** Whoever has signed out leaves nothing of what they typed in this tab. */
export function ForgetDrafts() {
  useEffect(() => {
    forgetDrafts();
    keepReason("");
  }, []);
  return null;
}
