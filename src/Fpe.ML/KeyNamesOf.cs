using Microsoft.ML;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace Fpe.ML;

/// <summary>Values of one type that the keys of a label stand for.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="type">The type as ML.NET describes it.</param>
/// <param name="values">The value of each class.</param>
/// <param name="parse">Returns the value that a text stands for.</param>
internal sealed class KeyNames<T>(PrimitiveDataViewType type, T[] values, Func<string, T> parse) : KeyNames
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Texts { get; } = [.. values.Select(value => Invariant($"{value}"))];

    /// <inheritdoc/>
    protected override PrimitiveDataViewType ItemType => type;

    /// <inheritdoc/>
    public override void AddTo(DataViewSchema.Annotations.Builder annotations, string kind) =>
        annotations.Add<VBuffer<T>>(kind, new VectorDataViewType(type, values.Length), (ref VBuffer<T> names) => values.CopyInto(ref names));

    /// <inheritdoc/>
    protected override KeyNames Get(DataViewSchema.Column label)
    {
        VBuffer<T> names = default;
        label.Annotations.GetValue(Annotation, ref names);
        return new KeyNames<T>(type, [.. names.DenseValues()], parse);
    }

    /// <inheritdoc/>
    protected override KeyNames Parse(IReadOnlyList<string> texts) => new KeyNames<T>(type, [.. texts.Select(parse)], parse);

    /// <inheritdoc/>
    protected override KeyNames Empty(int count) => new KeyNames<T>(type, new T[count], parse);
}
