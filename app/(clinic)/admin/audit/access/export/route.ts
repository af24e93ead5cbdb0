import { accessTable } from "@/lib/audit/list-access-events";
import { listAccessEventsInput } from "@/lib/audit/schemas";
import { exportCsv } from "../../export-csv";
import { auditQuery } from "../../query";
import { accessSpec } from "../../spec";

/** Reads of records as they are filtered now, all pages of them. */
export const GET = (request: Request): Promise<Response> =>
  exportCsv(request, {
    page: "/admin/audit/access",
    name: "access-log",
    rows: async (ctx, search, size) => {
      const { filters } = await auditQuery(accessSpec, listAccessEventsInput, search);
      return accessTable(ctx, { ...filters, page: 1, size });
    },
    cells: ({ id, at, reader, patient, recordId, what, access, requestId }) => ({
      ...{ id, at, userId: reader.userId, name: reader.name, role: reader.role, job: reader.job },
      ...{ patientId: patient.id, patient: patient.name, recordId, what, access, requestId },
    }),
  });
