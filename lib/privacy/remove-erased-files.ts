import { withActor } from "@/db/client";
import { asSystem, type Context } from "@/lib/platform/context";
import { attachmentStorage } from "@/lib/platform/storage";

/**
 * Removes files of erased patients from the store; a job does it again for what a process left behind that ended meanwhile. Their keys are gone
 * already: what still lies there opens for nobody. Gives how many went.
 */
export async function removeErasedFiles(ctx: Context): Promise<number> {
  const system = { ...asSystem(ctx, "remove-erased-files"), beforeCommit: undefined };
  const left = await withActor(
    system,
    ({ pg }) =>
      pg<
        { id: string; files: string[] }[]
      >`select id, files_left as files from erasures where files_left <> '{}' limit 100`,
  );
  for (const { id, files } of left) {
    for (const name of files) await attachmentStorage().remove(name);
    await withActor(system, ({ pg }) => pg`update erasures set files_left = '{}' where id = ${id}`);
  }
  return left.reduce((sum, { files }) => sum + files.length, 0);
}
