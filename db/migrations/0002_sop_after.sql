CREATE TABLE "earlier_sop" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"elapsed_minutes" integer NOT NULL,
	"active_minutes" integer,
	"note" text DEFAULT '' NOT NULL,
	"entered_by" uuid NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" uuid
);
--> statement-breakpoint
CREATE TABLE "run_through_recording" (
	"run_through_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"source_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_through_recording_run_through_id_part_pk" PRIMARY KEY("run_through_id","part")
);
--> statement-breakpoint
CREATE TABLE "sop_template" (
	"version" integer PRIMARY KEY NOT NULL,
	"sections" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "feedback_about" jsonb;--> statement-breakpoint
ALTER TABLE "run_through_recording" ADD CONSTRAINT "run_through_recording_run_through_id_run_through_id_fk" FOREIGN KEY ("run_through_id") REFERENCES "public"."run_through"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_through_recording" ADD CONSTRAINT "run_through_recording_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;