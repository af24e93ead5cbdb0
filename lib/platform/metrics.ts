import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

type Metrics = ReturnType<typeof create>;
// Kept on globalThis: a second copy of this module in another bundle must count into the same registry.
const held = globalThis as typeof globalThis & { slotwellMetrics?: Metrics };

function create() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "slotwell_" });
  const requests = new Histogram({
    name: "slotwell_http_request_duration_seconds",
    help: "Time to answer a REST request, by route, method and status.",
    labelNames: ["route", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const refusals = new Counter({
    name: "slotwell_refusals_total",
    help: "Requests that were refused, by code.",
    labelNames: ["code"],
    registers: [registry],
  });
  const anchorsFailing = new Gauge({
    name: "slotwell_audit_anchor_sink_failing_seconds",
    help: "For how long the audit log's anchors have not left the house; 0 where they do, or where there is nowhere to send them.",
    registers: [registry],
  });
  const unusedTexts = new Gauge({
    name: "slotwell_message_texts_unused",
    help: "Texts of messages that the clinic wrote and that break a rule by now: the product's own are sent.",
    registers: [registry],
  });
  const heldMessages = new Gauge({
    name: "slotwell_messages_held",
    help: "Messages that wait for their provider, by channel and by what it answered last; `pace`: it takes no more just now.",
    labelNames: ["channel", "why"],
    registers: [registry],
  });
  return { registry, requests, refusals, anchorsFailing, unusedTexts, heldMessages };
}

export function metrics(): Metrics {
  held.slotwellMetrics ??= create();
  return held.slotwellMetrics;
}
