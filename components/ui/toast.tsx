"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export type ToastInput = {
  message: string;
  variant?: "success" | "danger";
  /** A way back, for example Undo. */
  action?: { label: string; run: () => void };
  /** How long it stays; 10 s unless told. It waits while the pointer or the focus is on it. */
  stayMs?: number;
};
type Toast = ToastInput & { id: number };

const ToastContext = createContext<((toast: ToastInput) => void) | null>(null);

/** Shows a short note at the edge of the page, said politely. Never the only place for something that matters. */
export function useToast() {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast needs a ToastProvider above it");
  return show;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const show = useCallback((toast: ToastInput) => {
    next.current += 1;
    const id = next.current;
    setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
  }, []);
  const close = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const list = useMemo(
    () => toasts.map((toast) => <ToastNote key={toast.id} toast={toast} close={close} />),
    [toasts, close],
  );
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-20 z-60 grid justify-items-center gap-2 px-4 sm:bottom-6 print:hidden"
      >
        {list}
      </div>
    </ToastContext.Provider>
  );
}

function ToastNote({ toast, close }: { toast: Toast; close: (id: number) => void }) {
  const t = useTranslations("ui");
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => close(toast.id), toast.stayMs ?? 10_000);
    return () => clearTimeout(timer);
  }, [held, toast, close]);
  const Icon = toast.variant === "danger" ? CircleAlert : CircleCheck;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer and focus only hold its time still.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={cn(
        "pointer-events-auto flex w-full max-w-md animate-appear items-center gap-3 rounded-lg bg-foreground py-1.5 ps-4 pe-2 text-background shadow-overlay forced:border",
      )}
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      <p className="flex-1 py-1.5">{toast.message}</p>
      {toast.action ? (
        <Button
          variant="ghost"
          size="sm"
          className="text-background underline underline-offset-3 hover:bg-background/15"
          onClick={() => {
            toast.action?.run();
            close(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      ) : null}
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("close")}
        className="text-background hover:bg-background/15"
        onClick={() => close(toast.id)}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}
