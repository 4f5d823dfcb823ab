-- Delivery: reserved under an approval, tried by the worker, settled once. What cannot be known is `uncertain`, for a person.

create function publication_address(p_rendition jsonb) returns text
language sql immutable as $$
  select rtrim(p_rendition ->> 'targetAddress', '/') || '/' || (p_rendition ->> 'path')
$$;

-- Back to review in a new round: the approval no longer covers what would happen.
create function send_back(p_run run, p_review uuid, p_kind text, p_body jsonb) returns void
language plpgsql as $$
begin
  update review set state = 'superseded' where id = p_review;
  update run set round = p_run.round + 1 where id = p_run.id;
  perform move_run(p_run.id, 'in-review');
  perform append_event('run:' || p_run.id, 'worker', p_kind, p_body);
  perform ask_look(p_run.id);
end
$$;

create function publications_of(p_decision uuid) returns jsonb
language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'state', p.state, 'address', p.address, 'targetId', p.target_id,
           'renditionSha256', p.rendition_sha256) order by p.address), '[]')
    from publication p where p.decision_id = p_decision
$$;

-- `p_pubs` gives ids for exactly the renditions that were approved: [{id, renditionSha256, targetId, address}].
create function reserve_publication(p_run uuid, p_decision uuid, p_pubs jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
  v_decision decision;
  v_review review;
  v_subject subject;
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  select * into v_decision from decision where id = p_decision and run_id = p_run;
  if not found then return refuse('not_found'); end if;
  if exists (select from publication where decision_id = p_decision) then
    return done(jsonb_build_object('addressChanged', false, 'publications', publications_of(p_decision)));
  end if;
  select * into v_review from review where id = v_decision.review_id for no key update;
  select * into v_subject from subject where digest = v_decision.subject_digest;
  if v_run.state <> 'approved' or v_review.state <> 'approved' or v_decision.decision <> 'approve'
     or v_decision.undone_at is not null or v_review.subject_digest <> v_decision.subject_digest
     or v_review.round <> v_run.round or sha256_hex(v_subject.manifest) <> v_decision.subject_digest
     or coalesce(role_rank(v_decision.role) < role_rank('approver'), true) then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state));
  end if;
  if clock_timestamp() < v_decision.grace_until then
    return refuse('wrong_state', jsonb_build_object('graceUntil', time_text(v_decision.grace_until)));
  end if;
  -- Held still until this is committed: an address changes before the reservation or after it.
  perform 1 from target t where t.id in (
    select (r ->> 'targetId')::uuid from jsonb_array_elements(v_subject.manifest::jsonb -> 'renditions') r) for share;
  if not addresses_hold(v_subject.manifest) then
    perform send_back(v_run, v_review.id, 'address-changed',
      jsonb_build_object('decisionId', p_decision, 'round', v_run.round + 1));
    return done(jsonb_build_object('addressChanged', true, 'publications', '[]'::jsonb, 'round', v_run.round + 1));
  end if;
  if exists (
    select from (select r ->> 'sha256' sha, (r ->> 'targetId')::uuid target, publication_address(r) address
                   from jsonb_array_elements(v_subject.manifest::jsonb -> 'renditions') r) approved
      full join (select p ->> 'renditionSha256' sha, (p ->> 'targetId')::uuid target, p ->> 'address' address, p ->> 'id' id
                   from jsonb_array_elements(p_pubs) p) given using (sha, target, address)
     where given.id is null or approved.address is null or address is null
  ) then return refuse('invalid_request', '{"what": "publications"}'); end if;
  insert into publication (id, run_id, decision_id, subject_digest, rendition_sha256, target_id, address, state, created_at)
  select (p ->> 'id')::uuid, p_run, p_decision, v_decision.subject_digest, p ->> 'renditionSha256', (p ->> 'targetId')::uuid,
         p ->> 'address', 'reserved', clock_timestamp()
    from jsonb_array_elements(p_pubs) p;
  perform move_run(p_run, 'publishing');
  perform append_event('run:' || p_run, 'worker', 'publication-reserved',
    jsonb_build_object('decisionId', p_decision, 'subjectDigest', v_decision.subject_digest,
      'publications', (select jsonb_agg(p ->> 'id' order by p ->> 'id') from jsonb_array_elements(p_pubs) p)));
  perform tell(p_run);
  return done(jsonb_build_object('addressChanged', false, 'publications', publications_of(p_decision)));
end
$$;

-- What the worker found wrong before it delivered anything (a signature, bytes that do not match): back to a person.
create function refuse_publication(p_run uuid, p_decision uuid, p_code text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
  v_decision decision;
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  v_decision := approval_of(p_run);
  if v_decision.id is distinct from p_decision or v_run.state not in ('approved', 'publishing')
     or exists (select from publication where decision_id = p_decision and (state <> 'reserved' or attempts > 0)) then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state));
  end if;
  if safe_name(p_code) is null then return refuse('invalid_request'); end if;
  update publication set state = 'superseded', settled_at = clock_timestamp() where decision_id = p_decision;
  perform send_back(v_run, v_decision.review_id, 'publication-refused',
    jsonb_build_object('decisionId', p_decision, 'code', p_code, 'round', v_run.round + 1));
  return done(jsonb_build_object('round', v_run.round + 1));
end
$$;

-- Locks the run, then the publication.
create function lock_publication(p_id uuid) returns publication
language plpgsql as $$
declare
  v_publication publication;
begin
  perform 1 from run where id = (select p.run_id from publication p where p.id = p_id) for no key update;
  select * into v_publication from publication where id = p_id for update;
  return v_publication;
end
$$;

create function begin_delivery(p_id uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_publication publication;
begin
  v_publication := lock_publication(p_id);
  if v_publication.id is null then return refuse('not_found'); end if;
  if v_publication.state in ('reserved', 'delivering') then
    update publication set state = 'delivering', attempts = attempts + 1 where id = p_id returning * into v_publication;
  end if;
  return done(jsonb_build_object('state', v_publication.state, 'attempts', v_publication.attempts));
end
$$;

-- The run's state follows from its decision's publications.
create function follow_publications(p_publication publication) returns text
language plpgsql as $$
declare
  v_state text;
begin
  select case when bool_or(state = 'uncertain') then 'uncertain'
              when bool_or(state in ('reserved', 'delivering')) then 'publishing'
              when bool_or(state = 'failed') then 'failed'
              else 'published' end
    into v_state from publication where decision_id = p_publication.decision_id;
  perform move_run(p_publication.run_id, v_state);
  return v_state;
end
$$;

create function settle_publication(p_id uuid, p_state text, p_receipt text, p_receipt_path text, p_trouble text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_publication publication;
  v_run_state text;
begin
  if p_state is null or p_state not in ('published', 'uncertain', 'failed')
     or (p_state = 'published' and (p_receipt is null or p_receipt_path is null)) then
    return refuse('invalid_request');
  end if;
  v_publication := lock_publication(p_id);
  if v_publication.id is null then return refuse('not_found'); end if;
  if v_publication.state = p_state then
    -- After a person found that it had arrived, the receipt comes later.
    if p_state = 'published' and v_publication.receipt is null then
      update publication set receipt = p_receipt, receipt_path = p_receipt_path where id = p_id;
    end if;
    return (select done(jsonb_build_object('state', p_state, 'runState', r.state)) from run r where r.id = v_publication.run_id);
  end if;
  if v_publication.state <> 'delivering' then
    return refuse('wrong_state', jsonb_build_object('state', v_publication.state));
  end if;
  update publication set state = p_state, settled_at = clock_timestamp(), trouble = p_trouble,
         receipt = case when p_state = 'published' then p_receipt end,
         receipt_path = case when p_state = 'published' then p_receipt_path end
   where id = p_id;
  v_run_state := follow_publications(v_publication);
  perform append_event('run:' || v_publication.run_id, 'worker',
    case p_state when 'published' then 'published' when 'uncertain' then 'publication-uncertain' else 'publication-failed' end,
    jsonb_build_object('publicationId', p_id, 'decisionId', v_publication.decision_id,
      'subjectDigest', v_publication.subject_digest, 'renditionSha256', v_publication.rendition_sha256));
  perform tell(v_publication.run_id);
  return done(jsonb_build_object('state', p_state, 'runState', v_run_state));
end
$$;

create function resolve_publication(p_token text, p_id uuid, p_resolution text, p_reason text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_publication publication;
begin
  select * into v_actor from find_person(p_token, 'approver');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_resolution is null or p_resolution not in ('arrived', 'send-again') then return refuse('invalid_request'); end if;
  v_publication := lock_publication(p_id);
  if v_publication.id is null then return refuse('not_found'); end if;
  if no_words(p_reason) then return refuse('reason_required'); end if;
  if not (v_publication.state = 'uncertain' or (v_publication.state = 'failed' and p_resolution = 'send-again')) then
    return refuse('wrong_state', jsonb_build_object('state', v_publication.state));
  end if;
  update publication set state = case p_resolution when 'arrived' then 'published' else 'reserved' end,
         settled_at = case p_resolution when 'arrived' then clock_timestamp() end, trouble = null
   where id = p_id;
  perform follow_publications(v_publication);
  perform append_with_reason('run:' || v_publication.run_id, 'person:' || v_actor.person, 'publication-resolved',
    jsonb_build_object('publicationId', p_id, 'resolution', p_resolution, 'subjectDigest', v_publication.subject_digest), p_reason);
  perform ask_look(v_publication.run_id);
  return done();
end
$$;
