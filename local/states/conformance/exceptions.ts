/** Recorded cases that this engine answers differently, each with its reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'test_field_validation_mode_present.test_present_mode_aws_sdk_kms_task_wrong_blob_length_less_than_minimum_.validation-exception':
    'the local runtime does not have KMS, and takes mocks of it as they are',
  'test_field_validation_mode_present.test_present_mode_aws_sdk_kms_task_wrong_blob_type_number_.validation-exception':
    'the local runtime does not have KMS, and takes mocks of it as they are',
  'test_field_validation_mode_present.test_present_mode_aws_sdk_s3_task_non_existent_enum_value_.validation-exception':
    'the local runtime does not have S3, and takes mocks of it as they are',
  'test_field_validation_mode_present.test_present_mode_aws_sdk_s3_task_wrong_long_type_string_.validation-exception':
    'the local runtime does not have S3, and takes mocks of it as they are',
};
