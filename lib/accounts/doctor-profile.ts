import type { Tx } from "@/db/client";
import { doctors } from "@/db/schema";

/** A doctor's account always has its calendar; services, places and hours are given to it later. */
export async function ensureDoctorProfile(tx: Tx, userId: string, name: string): Promise<void> {
  await tx.db.insert(doctors).values({ userId, name }).onConflictDoNothing({ target: doctors.userId });
}
