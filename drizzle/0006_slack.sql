CREATE TABLE "kindred_state"."digests" (
	"refresh" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."slack_events" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"member" text NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."slack_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."slack_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"problem" text,
	"sent_at" timestamp (3) with time zone,
	"ts" text,
	"shown" text,
	CONSTRAINT "one_slack_message" UNIQUE("kind","subject","channel")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."replies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."replies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"surface" text NOT NULL,
	"thread" text,
	"purpose" text NOT NULL,
	"question" text NOT NULL,
	"text" text NOT NULL,
	"author" text NOT NULL,
	"sources" jsonb NOT NULL,
	"calls" jsonb NOT NULL,
	"answer_id" bigint
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."verdicts" (
	"reply_id" bigint NOT NULL,
	"actor" text NOT NULL,
	"verdict" text NOT NULL,
	"comment" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verdicts_reply_id_actor_pk" PRIMARY KEY("reply_id","actor")
);
--> statement-breakpoint
ALTER TABLE "kindred_state"."replies" ADD CONSTRAINT "replies_answer_id_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "kindred_state"."answers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kindred_state"."verdicts" ADD CONSTRAINT "verdicts_reply_id_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "kindred_state"."replies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "slack_events_at" ON "kindred_state"."slack_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "replies_at" ON "kindred_state"."replies" USING btree ("at");