drop table questionnaire_versions;
drop table questionnaires;
