using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>The annotations by which ML.NET recognises the columns of a prediction.</summary>
internal static class ScoreAnnotations
{
    /// <summary>The annotation with the number of a set of columns that belong together.</summary>
    public const string Set = "ScoreColumnSetId";

    private const string SlotNames = "SlotNames";

    /// <summary>Returns the annotations of a column.</summary>
    /// <param name="set">The number of the set.</param>
    /// <param name="task">What the prediction is, in the words of ML.NET.</param>
    /// <param name="value">What the column is: Score, Probability or PredictedLabel.</param>
    /// <param name="slots">The names of the values of a vector; null if they have none.</param>
    /// <param name="keys">The values that keys stand for; null if they have none.</param>
    public static DataViewSchema.Annotations Of(uint set, string task, string value, IReadOnlyList<string>? slots = null, KeyNames? keys = null)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (slots is not null)
        {
            ReadOnlyMemory<char>[] names = [.. slots.Select(slot => slot.AsMemory())];
            annotations.Add<VBuffer<ReadOnlyMemory<char>>>(SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length), names.CopyInto);
        }

        keys?.AddTo(annotations, KeyNames.Annotation);
        annotations.Add<uint>(Set, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint number) => number = set);
        Text("ScoreColumnKind", task);
        Text("ScoreValueKind", value);
        return annotations.ToAnnotations();

        void Text(string name, string text) => annotations.Add<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, (ref ReadOnlyMemory<char> result) => result = text.AsMemory());
    }
}
