namespace Fpe.Checkpoints;

/// <summary>The number formats of safetensors, with their names in files.</summary>
internal enum TensorType
{
    BOOL,
    U8,
    I8,
    F8_E4M3,
    F8_E5M2,
    U16,
    I16,
    F16,
    BF16,
    U32,
    I32,
    F32,
    U64,
    I64,
    F64,
}
