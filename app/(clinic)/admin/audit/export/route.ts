import { auditTable } from "@/lib/audit/list-audit-events";
import { listAuditEventsInput } from "@/lib/audit/schemas";
import { exportCsv } from "../export-csv";
import { auditQuery } from "../query";
import { auditSpec } from "../spec";

/** The audit log's rows as they are filtered now, all pages of them. */
export const GET = (request: Request): Promise<Response> =>
  exportCsv(request, {
    page: "/admin/audit",
    name: "audit-log",
    rows: async (ctx, search, size) => {
      const { filters } = await auditQuery(auditSpec, listAuditEventsInput, search);
      return auditTable(ctx, { ...filters, page: 1, size });
    },
    cells: ({ id, at, actor, patientId, table, rowId, operation, changes, requestId }) => ({
      ...{ id, at, actorKind: actor.kind, userId: actor.userId, name: actor.name, role: actor.role, job: actor.job },
      ...{ patientId, table, rowId, operation, changes: changes && JSON.stringify(changes), requestId },
    }),
  });
