CREATE SCHEMA "kindred_state";
--> statement-breakpoint
CREATE TABLE "kindred_state"."audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"feature" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."models" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" text NOT NULL,
	"as_of" date NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."personas" (
	"model_id" text NOT NULL,
	"segment_key" text NOT NULL,
	"name" text NOT NULL,
	"sentence" text NOT NULL,
	"paragraph" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"action" text NOT NULL,
	"archetype" text,
	"author" text NOT NULL,
	CONSTRAINT "personas_model_id_segment_key_pk" PRIMARY KEY("model_id","segment_key")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."segments" (
	"model_id" text NOT NULL,
	"key" text NOT NULL,
	"position" integer NOT NULL,
	"size" integer NOT NULL,
	"share" double precision NOT NULL,
	"revenue" double precision NOT NULL,
	"revenue_share" double precision NOT NULL,
	"confidence" double precision NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "segments_model_id_key_pk" PRIMARY KEY("model_id","key")
);
--> statement-breakpoint
ALTER TABLE "kindred_state"."personas" ADD CONSTRAINT "personas_segment_fk" FOREIGN KEY ("model_id","segment_key") REFERENCES "kindred_state"."segments"("model_id","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kindred_state"."segments" ADD CONSTRAINT "segments_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "kindred_state"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "kindred_state"."audit" USING btree ("subject");--> statement-breakpoint
CREATE UNIQUE INDEX "one_current_model" ON "kindred_state"."models" USING btree ("status") WHERE status = 'current';