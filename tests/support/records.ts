import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import type { Db } from "@/db/client";
import type { Actor } from "@/lib/domain/actor";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { clinicMaker } from "./clinic";

export const valueFrom = async <T>(result: Promise<Result<T>>): Promise<T> => {
  const got = await result;
  if (!got.ok) throw new Error(`${got.code} ${JSON.stringify(got.errors ?? got.detail ?? "")}`);
  return got.value;
};

/** A doctor who treats Ana (a visit yesterday), one who does not, Ana, who reads for her and who may not, reception and admin. */
export async function ward(db: Db, owner: postgres.Sql) {
  const make = clinicMaker(owner);
  const as = (actor: Actor): Context => ({ db, actor, now: new Date(), requestId: randomUUID() });
  const locationId = await make.location();
  const serviceId = await make.service();
  const [treating, stranger] = [
    await make.doctor({ locationId, serviceIds: [serviceId] }),
    await make.doctor({ locationId, serviceIds: [serviceId] }),
  ];
  const [ana, bo, reader, viewer] = await make.patients(4);
  if (!ana || !bo || !reader || !viewer) throw new Error("patients are missing");
  await make.grant(ana.id, reader.userId, ["view", "records"]);
  await make.grant(ana.id, viewer.userId, ["view", "book"]);

  const addVisit = async (patientId: string, doctorId: string, daysFromNow: number, status = "booked") => {
    const id = uuidv7();
    const at = Date.now() + daysFromNow * 86_400_000 + (visits++ % 40) * 1_800_000;
    const span = `[${new Date(at).toISOString()},${new Date(at + 1_800_000).toISOString()})`;
    await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, cancelled_at)
      values (${id}, ${id}, ${status}, ${serviceId}, ${doctorId}, ${locationId}, ${patientId}, ${span}, ${span}, ${status === "cancelled" ? new Date() : null})`;
    return id;
  };
  let visits = 0;
  const visitId = await addVisit(ana.id, treating.id, -1);
  return {
    make,
    as,
    addVisit,
    ids: {
      ana: ana.id,
      bo: bo.id,
      visit: visitId,
      treating: treating.id,
      stranger: stranger.id,
      serviceId,
      locationId,
    },
    doctor: as(treating.actor),
    stranger: as(stranger.actor),
    ana: as(ana.actor),
    bo: as(bo.actor),
    reader: as(reader.actor),
    viewer: as(viewer.actor),
    reception: as(await make.staff("receptionist")),
    admin: as(await make.staff("admin")),
    system: as({ kind: "system", job: "test" }),
    anonymous: as({ kind: "anonymous" }),
  };
}
