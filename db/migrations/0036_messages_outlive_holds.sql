ALTER TABLE "notifications" DROP CONSTRAINT "notifications_appointment_id_appointments_id_fk";
