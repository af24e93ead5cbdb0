export * from "./accounts";
export * from "./appointments";
export * from "./clinic";
export { appRole, definerRole } from "./columns";
export * from "./doctors";
export * from "./notifications";
export * from "./outbox";
export * from "./patients";
export * from "./platform";
