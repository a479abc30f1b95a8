CREATE TABLE "kindred_state"."answers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."answers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"surface" text NOT NULL,
	"thread" text,
	"purpose" text NOT NULL,
	"model" text NOT NULL,
	"prompt_version" text NOT NULL,
	"outcome" text NOT NULL,
	"turns" integer NOT NULL,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"cache_read_tokens" integer NOT NULL,
	"cache_write_tokens" integer NOT NULL,
	"cost" double precision,
	"milliseconds" integer NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."blocked_terms" (
	"term" text PRIMARY KEY NOT NULL,
	"ground" text NOT NULL,
	"reason" text NOT NULL,
	"blocked_by" text NOT NULL,
	"blocked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."conversations" (
	"thread" text PRIMARY KEY NOT NULL,
	"surface" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"started_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."messages" (
	"thread" text NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"content" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_thread_position_pk" PRIMARY KEY("thread","position")
);
--> statement-breakpoint
ALTER TABLE "kindred_state"."decisions" ADD COLUMN "effect" text DEFAULT 'allow' NOT NULL;--> statement-breakpoint
ALTER TABLE "kindred_state"."decisions" ADD COLUMN "lawful_basis" text;--> statement-breakpoint
ALTER TABLE "kindred_state"."messages" ADD CONSTRAINT "messages_thread_conversations_thread_fk" FOREIGN KEY ("thread") REFERENCES "kindred_state"."conversations"("thread") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_at" ON "kindred_state"."answers" USING btree ("at");