import { z } from "zod";
import { STATUSES } from "@/lib/domain/status";

// Answers as the outside sees them. Requests are the features' own schemas; these say what comes back.
export const id = z.uuid();
export const instant = z.iso.datetime({ offset: true }).meta({ description: "RFC 3339, in UTC." });
export const timeZone = z.string().meta({ description: "IANA name.", example: "Europe/London" });
export const named = z.object({ id, name: z.string() });
const version = z.int().meta({ description: "Counts changes; the ETag." });

export const idParams = z.object({ id });
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const slot = z
  .object({ start: instant, end: instant, doctorId: id, locationId: id, timeZone })
  .meta({ id: "Slot" });

export const explanation = z.object({ offered: z.boolean(), reasons: z.array(z.string()) }).loose();

export const hold = z
  .object({
    id,
    start: instant,
    end: instant,
    expiresAt: instant,
    timeZone,
    serviceId: id,
    doctorId: id,
    locationId: id,
    patientId: id.nullable(),
  })
  .meta({ id: "Hold" });

export const appointment = z
  .object({
    id,
    reference: z.string(),
    status: z.enum(STATUSES),
    confirmedAt: instant.nullable(),
    start: instant,
    end: instant,
    timeZone,
    service: named,
    doctor: named,
    location: named,
    patient: named.nullable(),
    reason: z.string().nullable(),
    videoUrl: z.string().nullable(),
    holdExpiresAt: instant.nullable(),
    version,
    createdAt: instant,
  })
  .meta({ id: "Appointment" });

export const appointmentEvent = z
  .object({
    id,
    type: z.string(),
    at: instant,
    version,
    actor: z.object({ kind: z.enum(["user", "system"]), userId: id.nullable() }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AppointmentEvent" });
