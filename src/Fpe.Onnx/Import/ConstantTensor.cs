using System.Buffers.Binary;
using Fpe.Onnx.Schema;
using DataType = Fpe.Onnx.Schema.TensorProto.Types.DataType;

namespace Fpe.Onnx.Import;

/// <summary>A constant of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dims">The size of each dimension; empty for a single number.</param>
/// <param name="Values">The elements, row by row.</param>
internal sealed record ConstantTensor(string Name, long[] Dims, double[] Values)
{
    /// <summary>The elements as whole numbers.</summary>
    public long[] Wholes => [.. Values.Select(value => (long)value)];

    /// <summary>The shape as text.</summary>
    public string ShapeText => $"[{string.Join(", ", Dims)}]";

    /// <summary>Reads a constant, whose size is checked before anything is allocated for it.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="tensor">The constant.</param>
    /// <param name="name">The name for messages.</param>
    /// <exception cref="OnnxImportException">It is in another file, has another type, or a wrong number of elements.</exception>
    public static ConstantTensor Of(string file, TensorProto tensor, string name)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            throw new OnnxImportException(file, $"the numbers of '{name}' are in another file; write one file: python -c \"import onnx; onnx.save(onnx.load('{Path.GetFileName(file)}'), 'whole.onnx')\"");
        long count = 1;
        foreach (long size in tensor.Dims)
            count = size < 0 || count < 0 || (size > 0 && count > int.MaxValue / size) ? -1 : count * size;
        (int given, Func<int, double> read) = Elements(file, tensor, name);
        if (given != count)
            throw new OnnxImportException(file, $"'{name}' is [{string.Join(", ", tensor.Dims)}], but has {given} elements; the file is damaged, export it again.");
        var values = new double[given];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(i);
        return new ConstantTensor(name, [.. tensor.Dims], values);
    }

    /// <summary>Returns the matrix with rows and columns exchanged.</summary>
    public ConstantTensor Transposed()
    {
        (int rows, int columns) = ((int)Dims[0], (int)Dims[1]);
        var values = new double[Values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[(column * rows) + row] = Values[(row * columns) + column];
        }

        return new ConstantTensor(Name, [Dims[1], Dims[0]], values);
    }

    private static (int Count, Func<int, double> Read) Elements(string file, TensorProto tensor, string name)
    {
        ReadOnlyMemory<byte> raw = tensor.RawData.Memory;
        bool isRaw = raw.Length > 0;
        return tensor.DataType switch
        {
            DataType.Float when isRaw => Of(4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            DataType.Float => (tensor.FloatData.Count, i => tensor.FloatData[i]),
            DataType.Double when isRaw => Of(8, bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            DataType.Double => (tensor.DoubleData.Count, i => tensor.DoubleData[i]),
            DataType.Int32 when isRaw => Of(4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            DataType.Int32 => (tensor.Int32Data.Count, i => tensor.Int32Data[i]),
            DataType.Int64 when isRaw => Of(8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            DataType.Int64 => (tensor.Int64Data.Count, i => tensor.Int64Data[i]),
            DataType.Float16 when isRaw => Of(2, bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            DataType.Float16 => (tensor.Int32Data.Count, i => (double)BitConverter.Int16BitsToHalf((short)tensor.Int32Data[i])),
            DataType.Bfloat16 when isRaw => Of(2, bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
            DataType.Bfloat16 => (tensor.Int32Data.Count, i => BitConverter.Int32BitsToSingle(tensor.Int32Data[i] << 16)),
            _ => throw new OnnxImportException(file, $"'{name}' has numbers of type {(int)tensor.DataType} of the format, but float, double, float16, bfloat16, int32 and int64 are read; export the network without quantisation."),
        };

        (int Count, Func<int, double> Read) Of(int size, Convert convert) => raw.Length % size == 0
            ? (raw.Length / size, i => convert(raw.Span.Slice(i * size, size)))
            : throw new OnnxImportException(file, $"'{name}' has {raw.Length} bytes, which is not a whole number of elements; the file is damaged, export it again.");
    }

    private delegate double Convert(ReadOnlySpan<byte> bytes);
}
