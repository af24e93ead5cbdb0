import type postgres from "postgres";

/** A table of the same columns, rows, indexes and exclusion constraints, and nothing that fires. Indexes come last, as they build faster so. */
export async function makeBareTable(owner: postgres.Sql) {
  await owner`drop table if exists bench_bare`;
  await owner`create table bench_bare (like appointments including all excluding indexes)`;
  const [columns] = await owner<{ list: string }[]>`
    select string_agg(quote_ident(attname), ', ') as list from pg_attribute
    where attrelid = 'appointments'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
  await owner.unsafe(`insert into bench_bare (${columns?.list}) select ${columns?.list} from appointments`);
  const constraints = await owner<{ sql: string }[]>`
    select format('alter table bench_bare add constraint %I %s', 'bare_' || conname, pg_get_constraintdef(oid)) as sql
    from pg_constraint where conrelid = 'appointments'::regclass and contype in ('p', 'u', 'x')`;
  const indexes = await owner<{ sql: string }[]>`
    select regexp_replace(pg_get_indexdef(indexrelid), 'INDEX [^ ]+ ON (public[.])?appointments', 'INDEX ON bench_bare') as sql from pg_index
    where indrelid = 'appointments'::regclass and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`;
  for (const { sql } of [...constraints, ...indexes]) await owner.unsafe(sql);
  await owner`grant select, insert, update on bench_bare to slotwell_app`;
  await owner`vacuum analyze bench_bare`;
}
