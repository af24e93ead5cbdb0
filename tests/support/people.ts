import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import type { Db } from "@/db/client";
import type { Actor, Role, UserActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/platform/context";

type Person = { email?: string; givenName?: string; familyName?: string; dateOfBirth?: string | null };

/** Accounts of every role, and the contexts in which they ask, for tests against a database. */
export function peopleOf(db: Db, owner: postgres.Sql, now: Date) {
  const as = (actor: Actor): Context => ({ db, actor, now, requestId: randomUUID() });

  const addUser = async (role: Role, { email = `${randomUUID()}@example.test` } = {}): Promise<UserActor> => {
    const userId = uuidv7();
    await owner`insert into users (id, email, role, display_name, email_verified_at) values (${userId}, ${email}, ${role}, ${`A ${role}`}, now())`;
    return { kind: "user", userId, role, sessionId: uuidv7(), patientId: null, doctorId: null };
  };

  const addPatientRow = async (userId: string | null, person: Person = {}): Promise<string> => {
    const id = uuidv7();
    const { givenName = "Ana", familyName = "Prado", dateOfBirth = "1984-03-09" } = person;
    await owner`insert into patients (id, user_id, given_name, family_name, date_of_birth) values (${id}, ${userId}, ${givenName}, ${familyName}, ${dateOfBirth})`;
    return id;
  };

  return {
    as,
    anonymous: as({ kind: "anonymous" }),
    system: as({ kind: "system", job: "test" }),
    addPatientRow,
    staff: async (role: "receptionist" | "admin") => as(await addUser(role)),
    doctor: async (name = "Dr. Ada Marsh") => {
      const actor = await addUser("doctor");
      const doctorId = uuidv7();
      await owner`insert into doctors (id, user_id, name) values (${doctorId}, ${actor.userId}, ${name})`;
      return as({ ...actor, doctorId });
    },
    patient: async (person: Person = {}) => {
      const actor = await addUser("patient", person);
      return as({ ...actor, patientId: await addPatientRow(actor.userId, person) });
    },
  };
}
