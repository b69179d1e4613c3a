using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fpe.Onnx.Schema;
using Google.Protobuf;

namespace Fpe.Onnx.Graph;

/// <summary>Creates constants of a graph, whose elements are stored row by row.</summary>
internal static class Constant
{
    public static TensorProto Of(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> sizes)
    {
        var bytes = new byte[checked(values.Length * sizeof(float))];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Wrap(name, TensorProto.Types.DataType.Float, bytes, sizes);
    }

    public static TensorProto Of(string name, ReadOnlySpan<int> values, params ReadOnlySpan<long> sizes)
    {
        var bytes = new byte[checked(values.Length * sizeof(int))];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        return Wrap(name, TensorProto.Types.DataType.Int32, bytes, sizes);
    }

    public static TensorProto Of(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> sizes)
    {
        var bytes = new byte[checked(values.Length * sizeof(long))];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return Wrap(name, TensorProto.Types.DataType.Int64, bytes, sizes);
    }

    public static TensorProto Of(string name, ReadOnlySpan<sbyte> values, params ReadOnlySpan<long> sizes) =>
        Wrap(name, TensorProto.Types.DataType.Int8, MemoryMarshal.AsBytes(values).ToArray(), sizes);

    public static TensorProto Of(string name, ReadOnlySpan<byte> values, params ReadOnlySpan<long> sizes) =>
        Wrap(name, TensorProto.Types.DataType.Uint8, values.ToArray(), sizes);

    /// <summary>Returns the number of elements of a constant of weights.</summary>
    public static long Count(TensorProto constant) => IsOfBytes(constant) ? constant.RawData.Length : constant.RawData.Length / sizeof(float);

    /// <summary>Returns the number of elements of a constant of weights, of 8 or 32 bits, that are not 0.</summary>
    public static long CountNonZeros(TensorProto constant)
    {
        ReadOnlySpan<byte> bytes = constant.RawData.Span;
        if (IsOfBytes(constant))
            return bytes.Length - bytes.Count((byte)0);
        long count = 0;
        for (int i = 0; i < bytes.Length; i += sizeof(float))
            count += BinaryPrimitives.ReadSingleLittleEndian(bytes[i..]) != 0 ? 1 : 0;
        return count;
    }

    /// <summary>Whether a constant of weights has 8 bits for each.</summary>
    private static bool IsOfBytes(TensorProto constant) => constant.DataType switch
    {
        TensorProto.Types.DataType.Int8 => true,
        TensorProto.Types.DataType.Float => false,
        _ => throw new ArgumentOutOfRangeException(nameof(constant), constant.DataType, "Weights are INT8 or FLOAT."),
    };

    private static TensorProto Wrap(string name, TensorProto.Types.DataType type, byte[] bytes, ReadOnlySpan<long> sizes)
    {
        // The bytes are not shared, so they need not be copied.
        var tensor = new TensorProto { Name = name, DataType = type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (long size in sizes)
            tensor.Dims.Add(size);
        return tensor;
    }
}
