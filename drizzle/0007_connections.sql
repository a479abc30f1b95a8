CREATE TABLE "kindred_state"."assignments" (
	"sync_id" bigint NOT NULL,
	"profile_id" text NOT NULL,
	"arm" text NOT NULL,
	"segment_key" text NOT NULL,
	"as_of" date NOT NULL,
	"assigned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assignments_sync_id_profile_id_pk" PRIMARY KEY("sync_id","profile_id")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."sync_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."sync_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"profile_id" text NOT NULL,
	"action" text NOT NULL,
	"segment_key" text,
	"member" jsonb,
	"status" text NOT NULL,
	"batch" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."sync_members" (
	"sync_id" bigint NOT NULL,
	"profile_id" text NOT NULL,
	"key" text NOT NULL,
	"added" text NOT NULL,
	"properties" jsonb NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "sync_members_sync_id_profile_id_pk" PRIMARY KEY("sync_id","profile_id")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."sync_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."sync_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sync_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"as_of" date NOT NULL,
	"record" text NOT NULL,
	"status" text NOT NULL,
	"counts" jsonb NOT NULL,
	"problem" text,
	"retry_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"approved_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."syncs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."syncs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"audience" text NOT NULL,
	"connection" text NOT NULL,
	"target" jsonb NOT NULL,
	"basis" jsonb NOT NULL,
	"holdout" double precision NOT NULL,
	"holdout_key" text NOT NULL,
	"most_change" double precision NOT NULL,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."connections" (
	"name" text PRIMARY KEY NOT NULL,
	"vendor" text NOT NULL,
	"settings" jsonb NOT NULL,
	"secrets" text NOT NULL,
	"account" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."pulls" (
	"connection" text NOT NULL,
	"stream" text NOT NULL,
	"cursor" jsonb NOT NULL,
	"received" bigint NOT NULL,
	"complete_at" timestamp (3) with time zone,
	"stored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pulls_connection_stream_pk" PRIMARY KEY("connection","stream")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."erasures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."erasures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"requested_at" timestamp (3) with time zone NOT NULL,
	"requested_by" text NOT NULL,
	"person" text,
	"pending" jsonb NOT NULL,
	"done" jsonb NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "kindred_state"."assignments" ADD CONSTRAINT "assignments_sync_id_syncs_id_fk" FOREIGN KEY ("sync_id") REFERENCES "kindred_state"."syncs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kindred_state"."sync_changes" ADD CONSTRAINT "sync_changes_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "kindred_state"."sync_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kindred_state"."sync_members" ADD CONSTRAINT "sync_members_sync_id_syncs_id_fk" FOREIGN KEY ("sync_id") REFERENCES "kindred_state"."syncs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kindred_state"."sync_runs" ADD CONSTRAINT "sync_runs_sync_id_syncs_id_fk" FOREIGN KEY ("sync_id") REFERENCES "kindred_state"."syncs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kindred_state"."pulls" ADD CONSTRAINT "pulls_connection_connections_name_fk" FOREIGN KEY ("connection") REFERENCES "kindred_state"."connections"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignments_of" ON "kindred_state"."assignments" USING btree ("profile_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_change_of_member" ON "kindred_state"."sync_changes" USING btree ("run_id","profile_id","action");--> statement-breakpoint
CREATE INDEX "sync_changes_open" ON "kindred_state"."sync_changes" USING btree ("run_id","status","id");--> statement-breakpoint
CREATE INDEX "sync_changes_of" ON "kindred_state"."sync_changes" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "sync_members_of" ON "kindred_state"."sync_members" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "sync_members_by_key" ON "kindred_state"."sync_members" USING btree ("sync_id","key");--> statement-breakpoint
CREATE INDEX "sync_runs_of" ON "kindred_state"."sync_runs" USING btree ("sync_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_sync_of_audience" ON "kindred_state"."syncs" USING btree ("audience","connection") WHERE status <> 'ended';