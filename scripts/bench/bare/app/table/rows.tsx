"use client";

const COLUMNS = ["start", "patient", "service", "doctor", "location", "status", "reference"] as const;
export type Row = Record<(typeof COLUMNS)[number] | "id", string>;

export function Rows({ rows }: { rows: Row[] }) {
  return (
    <table>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column}>{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {COLUMNS.map((column, index) => (
              <td key={column} data-label={column}>
                {index === 0 ? <a href={`/appointments/${row.id}`}>{row[column]}</a> : row[column]}
              </td>
            ))}
            <td>
              <a href={`/appointments/${row.id}/move`}>Move</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
