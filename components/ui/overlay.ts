export const backdropClass = "fixed inset-0 z-50 bg-[oklch(0.2_0.02_220/0.5)] data-[state=open]:animate-appear";
export const panelClass = "fixed z-50 bg-popover text-foreground shadow-overlay outline-none forced:border";
