using Fpe.Data.Files;

namespace Fpe.Data;

/// <summary>
/// The images of CIFAR-10 and CIFAR-100 from their binary files (Krizhevsky, "Learning multiple layers of features from tiny images",
/// 2009). A sample has 3072 values from 0 to 1: 1024 red, then green, then blue, each row by row.
/// </summary>
/// <remarks>A file whose name ends in <c>.gz</c> is decompressed; an archive must be unpacked first.</remarks>
public static class CifarClasses
{
    /// <summary>The number of colour channels of an image.</summary>
    public const int Channels = 3;

    /// <summary>The number of rows and columns of an image.</summary>
    public const int Side = 32;

    /// <summary>Reads files into memory.</summary>
    /// <param name="format">The format of the files.</param>
    /// <param name="paths">The files, such as <c>data_batch_1.bin</c>; several files form one data set, in this order.</param>
    /// <exception cref="DataFileException">A file cannot be read or is damaged; the message contains the file and the byte.</exception>
    public static Dataset Read(CifarFormat format, params IReadOnlyList<string> paths) => Open(format, paths).ToMemory();

    /// <summary>Opens files but reads only the labels: images are read when they are used.</summary>
    /// <inheritdoc cref="Read"/>
    public static Dataset Open(CifarFormat format, params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        return Open(format, [.. paths.Select(OpenFile)]);
    }

    /// <inheritdoc cref="Open(CifarFormat, IReadOnlyList{string})"/>
    internal static Dataset Open(CifarFormat format, params IReadOnlyList<DataBytes> contents)
    {
        int[] classesOfLabel = ClassesOfLabel(format);
        var layout = new RecordLayout(Start: 0, classesOfLabel.Length, Channels * Side * Side);
        (DataBytes Bytes, int Count)[] files = [.. contents.Select(bytes => (bytes, CountIn(bytes, layout)))];
        long total = files.Sum(file => (long)file.Count);
        if (total > int.MaxValue)
            throw new FileOversizedException(contents[^1].File, default, $"{total} samples in all files exceed the maximum of {int.MaxValue}; use fewer files.");

        int wanted = format == CifarFormat.Cifar100 ? 1 : 0;
        int[] labels = [.. files.SelectMany(file => Labels(file.Bytes, file.Count, layout, classesOfLabel, wanted))];
        return Dataset.OfClasses(contents[0].File, new ByteRows(files, layout, PixelValues.Of(contents[0].File, mean: 0, deviation: 1)), labels, classesOfLabel[wanted]);
    }

    private static int[] ClassesOfLabel(CifarFormat format) => format switch
    {
        CifarFormat.Cifar10 => [10],
        CifarFormat.Cifar100 or CifarFormat.Cifar100Coarse => [20, 100],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    private static DataBytes OpenFile(string path)
    {
        if (!File.Exists(path))
            throw new FileMissingException(path, default, "the file does not exist; unpack cifar-10-binary.tar.gz or cifar-100-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html and use one of its .bin files.");
        return DataBytes.Open(path);
    }

    private static int CountIn(DataBytes bytes, RecordLayout layout)
    {
        if (bytes.Length == 0)
            throw new FileEmptyException(bytes.File, default, "it has no bytes; fetch it again.");
        (long count, long rest) = Math.DivRem(bytes.Length, layout.Size);
        if (rest != 0)
            throw bytes.OtherKind("a binary file of CIFAR") ?? (DataFileException)new FileTruncatedException(bytes.File, FilePlace.Byte(bytes.Length), $"the file ends after {rest} of {layout.Size} bytes of sample {count}; it is truncated or has another format: check the format, or fetch it again.");
        if (count > int.MaxValue)
            throw new FileOversizedException(bytes.File, default, $"{count} samples exceed the maximum of {int.MaxValue}; divide the file.");
        return (int)count;
    }

    private static int[] Labels(DataBytes bytes, int count, RecordLayout layout, int[] classesOfLabel, int wanted)
    {
        var labels = new int[count];
        var record = new byte[layout.Labels];
        for (int s = 0; s < count; s++)
        {
            bytes.Read(layout.RecordAt(s), record);
            for (int l = 0; l < record.Length; l++)
            {
                if (record[l] >= classesOfLabel[l])
                    throw new FileMislabelledException(bytes.File, FilePlace.Byte(layout.RecordAt(s) + l), $"label {record[l]} of sample {s} is not a class from 0 to {classesOfLabel[l] - 1}; check the format, or fetch the file again.");
            }

            labels[s] = record[wanted];
        }

        return labels;
    }
}
