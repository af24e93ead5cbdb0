declare module "vitest" {
  export interface ProvidedContext {
    /** Superuser's URL of the cluster that holds the template database. */
    postgresUrl: string;
    redisUrl: string;
    amqpUrl: string;
  }
}

export const TEMPLATE_DATABASE = "slotwell_template";
