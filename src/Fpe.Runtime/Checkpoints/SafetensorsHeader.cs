using System.Text.Json;

namespace Fpe.Checkpoints;

/// <summary>
/// The header of a safetensors file, read strictly: all numbers must be consistent with each other and with the size of the file, names
/// must be unique, and the tensors must cover the content without gaps or overlaps.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>
    /// The maximum length of a header in bytes, as in the format's reference library. Headers of this library have a few kilobytes.
    /// </summary>
    public const int MaximumLength = 100_000_000;

    private readonly string file;
    private readonly long contentLength;
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorEntry> tensors = new(StringComparer.Ordinal);
    private bool hasMetadata;

    private SafetensorsHeader(string file, long contentLength)
    {
        this.file = file;
        this.contentLength = contentLength;
    }

    /// <summary>The names and values of the metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => tensors;

    /// <summary>
    /// The position of the checksum's first character, from the start of the header's JSON; null if there is no checksum.
    /// </summary>
    public int? ChecksumPlace { get; private set; }

    /// <summary>
    /// A description of unsupported content in the header and the fix; null if there is none. It applies only if the checksum is correct or
    /// missing; otherwise, the file is damaged.
    /// </summary>
    public string? Unsupported { get; private set; }

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="contentLength">The number of bytes after the header.</param>
    /// <exception cref="CheckpointFormatException">The header is invalid; the message contains the byte or the tensor.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> json, string file, long contentLength)
    {
        var header = new SafetensorsHeader(file, contentLength);
        var reader = new Utf8JsonReader(json);
        try
        {
            header.Read(ref reader);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Text that is not UTF-8 causes InvalidOperationException.
            throw new CheckpointFormatException(file, $"byte {sizeof(ulong) + reader.BytesConsumed}: the header is not valid JSON: {error.Message} Fetch the file again.", error);
        }

        header.CheckRanges();
        return header;
    }

    private void Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "an object of tensors");
        while (NextName(ref reader) is { } name)
        {
            if (name == "__metadata__")
                ReadMetadata(ref reader);
            else if (!tensors.TryAdd(name, ReadTensor(ref reader, name)))
                throw Damaged(reader, $"tensor {name} occurs twice");
        }

        reader.Read(); // anything after the object is not valid JSON
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (hasMetadata)
            throw Damaged(reader, "__metadata__ occurs twice");
        hasMetadata = true;
        Expect(ref reader, JsonTokenType.StartObject, "an object of strings");
        while (NextName(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String, $"a string for {key}");
            string text = reader.GetString()!;
            if (!metadata.TryAdd(key, text))
                throw Damaged(reader, $"metadata {key} occurs twice");
            if (key == FileKeys.Checksum && reader.ValueSpan.Length == text.Length)
                ChecksumPlace = (int)reader.TokenStartIndex + 1;
        }
    }

    private TensorEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"an object for tensor {name}");
        (string? dtype, long[]? shape, long[]? range) = (null, null, null);
        while (NextName(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when dtype is null:
                    Expect(ref reader, JsonTokenType.String, $"the dtype of tensor {name}");
                    dtype = reader.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, $"shape of {name}");
                    break;
                case "data_offsets" when range is null:
                    range = ReadNumbers(ref reader, $"data_offsets of {name}");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Damaged(reader, $"tensor {name} has {key} twice");
                default:
                    Unsupported ??= $"tensor {name} has an unknown field {key}; update the library, or save the file without it.";
                    reader.Skip();
                    break;
            }
        }

        if (dtype is null || shape is null || range is not [long begin, long end])
            throw Damaged(reader, $"tensor {name} does not have dtype, shape and two data_offsets");
        if (begin > end || end > contentLength)
            throw Damaged(reader, $"tensor {name} has bytes {begin} to {end}, but the content has {contentLength}");
        if (TensorTypes.TryParse(dtype, out TensorType type))
            CheckSize(reader, name, type, shape, begin, end);
        else
            Unsupported ??= $"tensor {name} has dtype {dtype}, which is not supported; convert it in Python, as with x.float(), and save it again.";
        return new TensorEntry(name, type, shape, begin, end);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.StartArray, $"the {what}");
        var numbers = new List<long>();
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Damaged(reader, $"the {what} contains something other than an integer from 0 to {long.MaxValue}");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private void CheckSize(in Utf8JsonReader reader, string name, TensorType type, long[] shape, long begin, long end)
    {
        // A product beyond the range is either 0 or too large; in both cases, it is compared without overflow.
        UInt128 size = (UInt128)type.Size();
        foreach (long dimension in shape)
            size = size == 0 || dimension == 0 ? 0 : size > ulong.MaxValue ? size : size * (ulong)dimension;
        if (size != (UInt128)(end - begin))
            throw Damaged(reader, $"tensor {name} is {type} {TensorEntry.Text(shape)}, which requires {size} bytes, but has {end - begin}");
    }

    private void CheckRanges()
    {
        long covered = 0;
        string before = "the header";
        foreach (TensorEntry tensor in tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin < covered)
                throw new CheckpointFormatException(file, $"tensor {tensor.Name} begins at byte {tensor.Begin} of the content, within {before}, which ends at {covered}; fetch the file again.");
            if (tensor.Begin > covered)
                throw new CheckpointFormatException(file, $"tensor {tensor.Name} begins at byte {tensor.Begin} of the content, but {before} ends at {covered}, which leaves a gap; fetch the file again.");
            (covered, before) = (tensor.End, $"tensor {tensor.Name}");
        }

        if (covered != contentLength)
            throw new CheckpointFormatException(file, $"the content has {contentLength} bytes, but {before} is the last and ends at {covered}; fetch the file again.");
    }

    private static string? NextName(ref Utf8JsonReader reader) => Next(ref reader) == JsonTokenType.EndObject ? null : reader.GetString();

    private void Expect(ref Utf8JsonReader reader, JsonTokenType expected, string what)
    {
        if (Next(ref reader) != expected)
            throw Damaged(reader, $"{what} is expected");
    }

    // A header that ends too early is not valid JSON.
    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    private CheckpointFormatException Damaged(in Utf8JsonReader reader, string problem) =>
        new(file, $"byte {sizeof(ulong) + reader.TokenStartIndex}: {problem}; fetch the file again.");
}
