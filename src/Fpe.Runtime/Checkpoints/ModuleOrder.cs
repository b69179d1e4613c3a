using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Fpe.Checkpoints;

/// <summary>
/// The order of modules with equal shapes. The usual writers of safetensors sort tensors by type and name, so the order of such a file says
/// nothing; then only numbers in names do, such as <c>net.2</c> before <c>net.10</c>, if the names differ in nothing else. A file in
/// another order was written in the order of the model, unless such numbers contradict it.
/// </summary>
internal sealed partial class ModuleOrder
{
    private readonly bool isSorted;

    public ModuleOrder(IEnumerable<TensorEntry> tensors) => isSorted = tensors
        .GroupBy(tensor => tensor.Type)
        .All(type => IsAscending([.. type.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End).Select(tensor => tensor.Name)]));

    /// <summary>Returns modules in the order of the model; null if nothing decides.</summary>
    public TensorModule[]? Of(IReadOnlyCollection<TensorModule> modules)
    {
        if (modules.Count == 1)
            return [.. modules];
        TensorModule[]? inFile = isSorted ? null : [.. modules.OrderBy(module => module.Begin)];
        if (modules.Select(module => Digits().Replace(module.Name, "#")).Distinct(StringComparer.Ordinal).Count() > 1)
            return inFile;
        TensorModule[] byNumber = [.. modules.OrderBy(module => NumbersOf(module.Name), Comparer<BigInteger[]>.Create(Compare))];
        return inFile is null || inFile.SequenceEqual(byNumber) ? byNumber : null;
    }

    private static bool IsAscending(string[] names) => names.Zip(names.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    private static BigInteger[] NumbersOf(string name) => [.. Digits().Matches(name).Select(number => BigInteger.Parse(number.Value, CultureInfo.InvariantCulture))];

    private static int Compare(BigInteger[] one, BigInteger[] other)
    {
        int first = Enumerable.Range(0, one.Length).FirstOrDefault(place => one[place] != other[place]);
        return one[first].CompareTo(other[first]);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
