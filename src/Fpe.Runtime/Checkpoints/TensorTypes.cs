namespace Fpe.Checkpoints;

/// <summary>Names and sizes of the number formats.</summary>
internal static class TensorTypes
{
    /// <summary>Finds a format by its name in a file; only the names listed here are known.</summary>
    public static bool TryParse(string name, out TensorType type)
    {
        TensorType? found = name switch
        {
            "BOOL" => TensorType.BOOL,
            "U8" => TensorType.U8,
            "I8" => TensorType.I8,
            "F8_E4M3" => TensorType.F8_E4M3,
            "F8_E5M2" => TensorType.F8_E5M2,
            "U16" => TensorType.U16,
            "I16" => TensorType.I16,
            "F16" => TensorType.F16,
            "BF16" => TensorType.BF16,
            "U32" => TensorType.U32,
            "I32" => TensorType.I32,
            "F32" => TensorType.F32,
            "U64" => TensorType.U64,
            "I64" => TensorType.I64,
            "F64" => TensorType.F64,
            _ => null,
        };
        type = found ?? default;
        return found is not null;
    }

    /// <summary>Returns the number of bytes per element.</summary>
    public static int Size(this TensorType type) => type switch
    {
        < TensorType.U16 => 1,
        < TensorType.U32 => 2,
        < TensorType.U64 => 4,
        _ => 8,
    };

    /// <summary>Returns the smallest unsigned format for numbers below <paramref name="count"/>.</summary>
    public static TensorType ForIndicesBelow(long count) => count switch
    {
        <= 1 << 8 => TensorType.U8,
        <= 1 << 16 => TensorType.U16,
        _ => TensorType.U32,
    };
}
