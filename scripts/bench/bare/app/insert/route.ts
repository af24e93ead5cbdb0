import { pool } from "../../pool";

type Visit = Record<"id" | "reference" | "serviceId" | "doctorId" | "locationId" | "patientId" | "span", string>;

/** The one insert that a booking cannot do without, and nothing else. */
export async function POST(request: Request): Promise<Response> {
  const visit = (await request.json()) as Visit;
  const [row] = await pool()`
    insert into bench_bare (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
    values (${visit.id}, ${visit.reference}, 'booked', ${visit.serviceId}, ${visit.doctorId}, ${visit.locationId}, ${visit.patientId},
      ${visit.span}, ${visit.span})
    on conflict do nothing returning id`;
  return Response.json({ id: row?.id ?? null }, { status: row ? 201 : 409 });
}
