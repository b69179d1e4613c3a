using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>
/// What is done with missing values: empty fields, those that <see cref="CsvOptions.MissingMarks"/> lists, null, and NaN in files of numbers.
/// </summary>
public sealed record Missing
{
    private Missing(MissingTreatment treatment, float number = 0, string? name = null)
    {
        Treatment = treatment;
        Number = number;
        Name = name;
    }

    /// <summary>Gets the default: a missing value is a <see cref="MissingValueException"/>.</summary>
    public static Missing Refuse { get; } = new(MissingTreatment.Refuse);

    /// <summary>Gets the policy by which a row is left out when it is read; <see cref="Table.DroppedRows"/> counts them.</summary>
    public static Missing DropRow { get; } = new(MissingTreatment.DropRow);

    /// <summary>Gets the policy by which a number becomes the mean of the training rows that have one.</summary>
    public static Missing Mean { get; } = new(MissingTreatment.Mean);

    /// <summary>Gets the policy by which a number becomes the median of the training rows that have one.</summary>
    public static Missing Median { get; } = new(MissingTreatment.Median);

    internal MissingTreatment Treatment { get; }

    /// <summary>The number of <see cref="MissingTreatment.Constant"/>.</summary>
    internal float Number { get; }

    /// <summary>The name of <see cref="MissingTreatment.Category"/>.</summary>
    internal string? Name { get; }

    /// <summary>Returns the policy by which a number becomes a constant.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="TableColumnException">The number is not finite.</exception>
    public static Missing Constant(float value) => float.IsFinite(value)
        ? new(MissingTreatment.Constant, value)
        : throw new TableColumnException(Invariant($"missing values cannot become {value}; pass a finite number."));

    /// <summary>Returns the policy by which a category becomes one that is always among those of the column.</summary>
    /// <param name="name">Its name, such as <c>none</c>.</param>
    /// <exception cref="TableColumnException">The name is empty.</exception>
    public static Missing Category(string name) => string.IsNullOrWhiteSpace(name)
        ? throw new TableColumnException("the category of missing values has no name; give it one.")
        : new(MissingTreatment.Category, name: name.Trim());

    /// <summary>Returns the policy as text.</summary>
    public override string ToString() => Treatment switch
    {
        MissingTreatment.Constant => Invariant($"Constant({Number})"),
        MissingTreatment.Category => $"Category({Name})",
        _ => Treatment.ToString(),
    };

    /// <summary>Restores a policy; null if there is none of this kind.</summary>
    internal static Missing? Of(string treatment, float? number, string? name) => treatment switch
    {
        nameof(Refuse) => Refuse,
        nameof(DropRow) => DropRow,
        nameof(Mean) => Mean,
        nameof(Median) => Median,
        nameof(Constant) when number is { } value && float.IsFinite(value) => Constant(value),
        nameof(Category) when !string.IsNullOrWhiteSpace(name) => Category(name),
        _ => null,
    };
}
