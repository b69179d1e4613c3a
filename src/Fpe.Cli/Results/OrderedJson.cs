using System.Text.Json;

namespace Fpe.Cli.Results;

/// <summary>
/// Reads JSON whose properties are expected in one order: fast, and for lines as a program writes them. Each method returns false, and
/// leaves it to the caller to read the text in another way, if what comes next is something else.
/// </summary>
/// <remarks>All methods throw <see cref="JsonException"/> if the text is not JSON.</remarks>
internal ref struct OrderedJson
{
    private readonly ReadOnlySpan<byte> text;
    private Utf8JsonReader reader;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The text, with one value.</param>
    public OrderedJson(ReadOnlySpan<byte> text)
    {
        this.text = text;
        reader = new Utf8JsonReader(text);
        Advance();
    }

    /// <summary>Whether the whole text was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads the beginning of an object.</summary>
    public bool Begin() => reader.TokenType == JsonTokenType.StartObject && Advance();

    /// <summary>Reads the beginning of an object that is a property.</summary>
    public bool Begin(ReadOnlySpan<byte> name) => Is(name) && Begin();

    /// <summary>Reads the end of an object.</summary>
    public bool End() => !IsAtEnd && reader.TokenType == JsonTokenType.EndObject && Advance();

    /// <summary>Reads a property with a text without escapes, which is returned as UTF-8.</summary>
    public bool Text(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Is(name) || reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            return false;
        value = reader.ValueSpan;
        return Advance();
    }

    /// <summary>Reads a property with a number.</summary>
    public bool Number(ReadOnlySpan<byte> name, out double value)
    {
        value = 0;
        return Is(name) && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out value) && Advance();
    }

    /// <summary>Reads a property with an integer.</summary>
    public bool Integer(ReadOnlySpan<byte> name, out long value)
    {
        value = 0;
        return Is(name) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value) && Advance();
    }

    /// <summary>Reads a property with an integer.</summary>
    public bool Integer(ReadOnlySpan<byte> name, out int value)
    {
        value = 0;
        return Is(name) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value) && Advance();
    }

    /// <summary>Reads a property with an array of integers.</summary>
    public bool Integers(ReadOnlySpan<byte> name, List<int> values)
    {
        if (!BeginArray(name))
            return false;
        for (; reader.TokenType == JsonTokenType.Number; Advance())
        {
            if (!reader.TryGetInt32(out int value))
                return false;
            values.Add(value);
        }

        return EndArray();
    }

    /// <summary>Reads a property with an array of numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">Receives the numbers; null to check only that they are numbers.</param>
    public bool Numbers(ReadOnlySpan<byte> name, List<double>? values)
    {
        if (!BeginArray(name))
            return false;
        for (; reader.TokenType == JsonTokenType.Number; Advance())
        {
            // Numbers that are too large become infinite, so that every number can be read.
            values?.Add(reader.GetDouble());
        }

        return EndArray();
    }

    /// <summary>Reads a property with an object, which is returned as text.</summary>
    public bool Object(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (!Is(name) || reader.TokenType != JsonTokenType.StartObject)
            return false;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        json = text[start..(int)reader.BytesConsumed];
        return Advance();
    }

    /// <summary>Whether a property comes next.</summary>
    /// <param name="name">Its name.</param>
    public readonly bool IsNext(ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && !reader.ValueIsEscaped && reader.ValueTextEquals(name);

    private bool Is(ReadOnlySpan<byte> name) => IsNext(name) && Advance();

    private bool BeginArray(ReadOnlySpan<byte> name) => Is(name) && reader.TokenType == JsonTokenType.StartArray && Advance();

    private bool EndArray() => reader.TokenType == JsonTokenType.EndArray && Advance();

    // Also the end of the text is read, so that nothing else can follow.
    private bool Advance()
    {
        IsAtEnd = !reader.Read();
        return true;
    }
}
