using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>The values that the keys of a label stand for, which ML.NET keeps as an annotation of the column.</summary>
internal abstract class KeyNames
{
    /// <summary>The name of the annotation.</summary>
    public const string Annotation = "KeyValues";

    private static readonly KeyNames[] Kinds =
    [
        new KeyNames<ReadOnlyMemory<char>>(TextDataViewType.Instance, [], text => text.AsMemory()),
        Numbers<float>(NumberDataViewType.Single), Numbers<double>(NumberDataViewType.Double),
        Numbers<sbyte>(NumberDataViewType.SByte), Numbers<byte>(NumberDataViewType.Byte),
        Numbers<short>(NumberDataViewType.Int16), Numbers<ushort>(NumberDataViewType.UInt16),
        Numbers<int>(NumberDataViewType.Int32), Numbers<uint>(NumberDataViewType.UInt32),
        Numbers<long>(NumberDataViewType.Int64), Numbers<ulong>(NumberDataViewType.UInt64),
        Numbers<bool>(BooleanDataViewType.Instance),
    ];

    /// <summary>The names as text, by class.</summary>
    public abstract IReadOnlyList<string> Texts { get; }

    /// <summary>Returns the names as a model file takes them, each once and none empty; null if they are not so.</summary>
    /// <param name="count">The number of classes.</param>
    public IReadOnlyList<string>? ClassNames(int count) =>
        Texts.Count == count && !Texts.Any(string.IsNullOrWhiteSpace) && Texts.Distinct(StringComparer.Ordinal).Count() == count ? Texts : null;

    /// <summary>The type of a value.</summary>
    protected abstract PrimitiveDataViewType ItemType { get; }

    /// <summary>Returns the names of a label; null if its keys have none.</summary>
    /// <exception cref="ColumnException">They are of a type that cannot be saved.</exception>
    public static KeyNames? Of(DataViewSchema.Column label) =>
        label.Annotations.Schema.GetColumnOrNull(Annotation) is { Type: VectorDataViewType names } ? KindOf(label.Name, names.ItemType).Get(label) : null;

    /// <summary>Returns names of a type whose values are not known yet.</summary>
    /// <exception cref="ColumnException">They are of a type that cannot be saved.</exception>
    public static KeyNames Unknown(string label, DataViewType type, int count) => KindOf(label, type).Empty(count);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static KeyNames? Read(BinaryReader reader)
    {
        int kind = reader.ReadInt32();
        if (kind < 0)
            return null;
        int count = reader.ReadInt32();

        // A list grows with what is read, so that a damaged count takes no memory.
        var texts = new List<string>();
        for (int i = 0; i < count; i++)
            texts.Add(reader.ReadString());
        return Kinds[kind].Parse(texts);
    }

    /// <summary>Writes names, or that there are none.</summary>
    public static void Write(BinaryWriter writer, KeyNames? names)
    {
        writer.Write(names is null ? -1 : Array.FindIndex(Kinds, kind => kind.ItemType.Equals(names.ItemType)));
        if (names is null)
            return;
        writer.Write(names.Texts.Count);
        foreach (string text in names.Texts)
            writer.Write(text);
    }

    /// <summary>Checks that keys of other data stand for the same values; null is no values.</summary>
    /// <exception cref="ColumnException">They do not.</exception>
    public static void RequireSame(string label, KeyNames? training, KeyNames? validation)
    {
        const string Fix = "map both by one fitted transform, so that they share their keys.";
        if (training is null && validation is null)
            return;
        if (training is null || validation is null)
            throw new ColumnException(label, $"its keys stand for values in the {(training is null ? "validation" : "training")} data only; {Fix}");
        (IReadOnlyList<string> first, IReadOnlyList<string> second) = (training.Texts, validation.Texts);
        if (first.Count != second.Count)
            throw new ColumnException(label, $"its keys stand for {first.Count} values in the training data, but for {second.Count} in the validation data; {Fix}");
        for (int i = 0; i < first.Count; i++)
        {
            if (first[i] != second[i])
                throw new ColumnException(label, $"key {i + 1} stands for {first[i]} in the training data, but for {second[i]} in the validation data; {Fix}");
        }
    }

    /// <summary>Adds the values as an annotation.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder annotations, string kind);

    /// <summary>Returns the names that a label has.</summary>
    protected abstract KeyNames Get(DataViewSchema.Column label);

    /// <summary>Returns the names that texts stand for.</summary>
    protected abstract KeyNames Parse(IReadOnlyList<string> texts);

    /// <summary>Returns names without values.</summary>
    protected abstract KeyNames Empty(int count);

    private static KeyNames KindOf(string label, DataViewType type) => Array.Find(Kinds, kind => kind.ItemType.Equals(type))
        ?? throw new ColumnException(label, $"its keys stand for values of type {type}, which cannot be saved; map texts or numbers to keys.");

    private static KeyNames<T> Numbers<T>(PrimitiveDataViewType type)
        where T : IParsable<T> => new(type, [], text => T.Parse(text, CultureInfo.InvariantCulture));
}
