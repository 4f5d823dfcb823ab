CREATE TABLE "page_served" (
	"token_digest" text PRIMARY KEY NOT NULL,
	"review_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"person" uuid NOT NULL,
	"place" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"token_digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "calendar_link_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "contract_reminder" (
	"run_id" uuid NOT NULL,
	"term" integer NOT NULL,
	"threshold" integer NOT NULL,
	"last_safe_day" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contract_reminder_run_id_term_threshold_pk" PRIMARY KEY("run_id","term","threshold")
);
--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "page_served" ADD CONSTRAINT "page_served_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_served" ADD CONSTRAINT "page_served_person_user_id_fk" FOREIGN KEY ("person") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_link" ADD CONSTRAINT "calendar_link_person_user_id_fk" FOREIGN KEY ("person") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_reminder" ADD CONSTRAINT "contract_reminder_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "page_served_review" ON "page_served" USING btree ("review_id","person","place");