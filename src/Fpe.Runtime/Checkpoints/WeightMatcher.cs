namespace Fpe.Checkpoints;

/// <summary>
/// Finds the parameter of each tensor: modules of the file and layers of the model are paired by the explicit map, by name, and by shapes,
/// where several of the same shapes need an order.
/// </summary>
internal sealed class WeightMatcher
{
    private readonly string file;
    private readonly string model;
    private readonly IReadOnlyDictionary<string, TensorEntry> tensors;
    private readonly ImportTarget[] targets;
    private readonly ModuleOrder order;
    private readonly Dictionary<string, MappedTensor> byParameter = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MappedTensor> leftOut = new(StringComparer.Ordinal);
    private readonly List<string> ambiguities = [];
    private readonly List<(string Tensor, string? Parameter)> guesses = [];
    private readonly List<TensorModule> modules;
    private readonly List<ImportTarget> layers;

    private WeightMatcher(
        string file, string model, IReadOnlyDictionary<string, TensorEntry> tensors, ImportTarget[] targets, IReadOnlyDictionary<string, string?> map)
    {
        (this.file, this.model, this.tensors, this.targets) = (file, model, tensors, targets);
        order = new ModuleOrder(tensors.Values);
        foreach (TensorEntry tensor in tensors.Values.Where(tensor => map.TryGetValue(tensor.Name, out string? parameter) ? parameter is null : TensorModule.IsCounter(tensor.Name)))
            leftOut.Add(tensor.Name, new MappedTensor(tensor.Name, tensor.Shape, null, MappingReason.LeftOut));
        modules = [.. TensorModule.Of(tensors.Values.Where(tensor => !leftOut.ContainsKey(tensor.Name)))];
        layers = [.. targets];
    }

    /// <summary>Finds the mapping.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="model">The name of the model.</param>
    /// <param name="tensors">The tensors of the file by name.</param>
    /// <param name="targets">The layers of the model.</param>
    /// <param name="map">Tensor → parameter, or null to leave a tensor out; need not be complete.</param>
    /// <exception cref="WeightMappingException">The tensors fit in several ways, or the map does not fit.</exception>
    /// <exception cref="CheckpointMismatchException">A parameter has no tensor, or a tensor no parameter.</exception>
    public static WeightMapping Match(
        string file, string model, IReadOnlyDictionary<string, TensorEntry> tensors, ImportTarget[] targets, IReadOnlyDictionary<string, string?> map)
    {
        var matcher = new WeightMatcher(file, model, tensors, targets, map);
        matcher.PairByMap(map);
        matcher.PairByName();
        matcher.PairByShapes(parts => parts);
        matcher.PairByShapes(parts => parts.Where(part => part.Part != ImportTarget.Bias));
        return matcher.Complete();
    }

    private void PairByMap(IReadOnlyDictionary<string, string?> map)
    {
        foreach ((string tensor, string? parameter) in map)
        {
            if (!tensors.TryGetValue(tensor, out TensorEntry? entry))
                throw new WeightMappingException(file, $"the map has a tensor {tensor}, but the file has {string.Join(", ", tensors.Keys)}; correct the name.");
            if (parameter is not null)
                AssignByMap(entry, parameter);
        }

        foreach (ImportTarget target in targets.Where(target => target.Parts.Any(part => byParameter.ContainsKey(target.NameOf(part.Part)))))
        {
            // Other parts of the module follow, unless the map takes parts of several modules.
            TensorModule[] sources = [.. modules.Where(module => module.Parts.Values.Any(tensor => target.Parts.Any(part => byParameter.GetValueOrDefault(target.NameOf(part.Part))?.Tensor == tensor.Name)))];
            if (sources is [TensorModule only])
                Pair(only, target, MappingReason.Map);
        }

        layers.RemoveAll(target => Open(target).Length == 0);
        modules.RemoveAll(module => module.Parts.Values.All(tensor => used.Contains(tensor.Name)));
    }

    private void AssignByMap(TensorEntry tensor, string parameter)
    {
        (ImportTarget Target, string Part, long[] Shape)[] found = [.. targets.SelectMany(target => target.Parts.Where(part => target.NameOf(part.Part) == parameter).Select(part => (target, part.Part, part.Shape)))];
        if (found is not [var (_, _, shape)])
            throw new WeightMappingException(file, $"the map gives {tensor.Name} to {parameter}, but {model} has {string.Join(", ", targets.SelectMany(target => target.Parts.Select(part => target.NameOf(part.Part))))}; correct the name.");
        if (!SameButForOnes(tensor.Shape, shape))
            throw new WeightMappingException(file, $"the map gives {tensor.Name} {tensor.ShapeText} to {parameter} {TensorEntry.Text(shape)}; give it a parameter of its shape.");
        if (byParameter.TryGetValue(parameter, out MappedTensor? other))
            throw new WeightMappingException(file, $"the map gives both {other.Tensor} and {tensor.Name} to {parameter}; remove one of them.");
        Assign(parameter, tensor, MappingReason.Map);
    }

    private void PairByName()
    {
        foreach (ImportTarget target in layers.ToArray())
        {
            TensorModule? same = modules.Find(module => module.Name == target.Name);
            if (same is not null && Fits(same, target))
                Pair(same, target, MappingReason.Name);
        }
    }

    /// <summary>Pairs layers and modules whose parts have the same names and shapes.</summary>
    /// <param name="compared">Returns the parts that count.</param>
    private void PairByShapes(Func<IEnumerable<(string Part, long[] Shape)>, IEnumerable<(string Part, long[] Shape)>> compared)
    {
        ILookup<string, TensorModule> found = modules.ToLookup(module => Signature(compared(Open(module))), StringComparer.Ordinal);
        foreach (IGrouping<string, ImportTarget> alike in layers.GroupBy(target => Signature(compared(Open(target))), StringComparer.Ordinal).ToArray())
        {
            (ImportTarget[] wanted, TensorModule[] given) = ([.. alike], [.. found[alike.Key]]);
            if (wanted.Length != given.Length)
                continue;
            TensorModule[]? ordered = order.Of(given);
            if (ordered is null)
                Note(wanted, given);
            foreach ((ImportTarget target, TensorModule module) in wanted.Zip(ordered ?? given))
                Pair(module, target, given.Length == 1 ? MappingReason.Shape : MappingReason.Order);
        }
    }

    /// <summary>Records that nothing decides between modules; they are paired as they come, so that everything else can be checked.</summary>
    private void Note(ImportTarget[] wanted, TensorModule[] given)
    {
        ambiguities.Add($"{Listed(given.Select(module => module.Name))}, all {given[0].Main.ShapeText}, could be {Listed(wanted.Select(target => target.Name), "or")} in any order");
        foreach ((ImportTarget target, TensorModule module) in wanted.Zip(given))
            guesses.Add((module.Main.Name, target.NameOf(TensorModule.Divide(module.Main.Name).Part)));
    }

    /// <summary>Gives the tensors of a module to the parameters of a layer that have none yet.</summary>
    private void Pair(TensorModule module, ImportTarget target, MappingReason reason)
    {
        foreach ((string part, long[] shape) in Open(target))
        {
            string parameter = target.NameOf(part);
            if (!module.Parts.TryGetValue(part, out TensorEntry? tensor))
            {
                if (part == ImportTarget.Bias && module.Parts.ContainsKey("weight"))
                    byParameter.Add(parameter, new MappedTensor(null, shape, parameter, MappingReason.Zero));
            }
            else if (!used.Contains(tensor.Name) && tensor.Shape.AsSpan().SequenceEqual(shape))
            {
                Assign(parameter, tensor, reason);
            }
        }

        modules.Remove(module);
        layers.RemoveAll(other => other == target && Open(other).Length == 0);
    }

    /// <summary>The parameters of a layer that have no tensor yet.</summary>
    private (string Part, long[] Shape)[] Open(ImportTarget target) => [.. target.Parts.Where(part => !byParameter.ContainsKey(target.NameOf(part.Part)))];

    /// <summary>The tensors of a module that no parameter has yet.</summary>
    private IEnumerable<(string Part, long[] Shape)> Open(TensorModule module) =>
        module.Parts.Where(part => !used.Contains(part.Value.Name)).Select(part => (part.Key, part.Value.Shape));

    private void Assign(string parameter, TensorEntry tensor, MappingReason reason)
    {
        byParameter.Add(parameter, new MappedTensor(tensor.Name, tensor.Shape, parameter, reason));
        used.Add(tensor.Name);
    }

    private WeightMapping Complete()
    {
        (string Name, long[] Shape)[] parameters = [.. targets.SelectMany(target => target.Parts.Select(part => (target.NameOf(part.Part), part.Shape)))];
        (string Name, long[] Shape)[] missing = [.. parameters.Where(parameter => !byParameter.ContainsKey(parameter.Name))];
        TensorEntry[] stray = [.. tensors.Values.Where(tensor => !used.Contains(tensor.Name) && !leftOut.ContainsKey(tensor.Name)).OrderBy(tensor => tensor.Begin)];
        if (missing.Length + stray.Length > 0)
            throw new CheckpointMismatchException(file, $"{DescribeMismatch(missing, stray)}; declare the layers with the shapes of the file{(stray.Length == 0 ? "" : $", or pass a map, with null for what is left out: {MapText(SuggestMap(missing, stray))}")}.");
        if (ambiguities.Count > 0)
            throw new WeightMappingException(file, $"{string.Join("; ", ambiguities)} of {model}, because neither names nor order decide; pass the map, corrected: {MapText(guesses)}.");
        return new WeightMapping(file, model, [.. parameters.Select(parameter => byParameter[parameter.Name]), .. leftOut.Values]);
    }

    private string DescribeMismatch((string Name, long[] Shape)[] missing, TensorEntry[] stray)
    {
        string wanted = Listed(missing.Select(parameter => $"{parameter.Name} {TensorEntry.Text(parameter.Shape)}"));
        string given = Listed(stray.Select(tensor => $"{tensor.Name} {tensor.ShapeText}"));
        return stray.Length == 0 ? $"it has no tensor for {wanted} of {model}"
            : missing.Length == 0 ? $"{model} has no parameter for {given}"
            : $"it has no tensor for {wanted} of {model}, which has no parameter for {given}";
    }

    private static List<(string Tensor, string? Parameter)> SuggestMap((string Name, long[] Shape)[] missing, TensorEntry[] stray)
    {
        List<(string Name, long[] Shape)> open = [.. missing];
        var suggested = new List<(string, string?)>();
        foreach (TensorEntry tensor in stray)
        {
            int same = open.FindIndex(parameter => SameButForOnes(tensor.Shape, parameter.Shape));
            suggested.Add((tensor.Name, same < 0 ? null : open[same].Name));
            if (same >= 0)
                open.RemoveAt(same);
        }

        return suggested;
    }

    private static bool Fits(TensorModule module, ImportTarget target) => target.Parts.All(part => module.Parts.TryGetValue(part.Part, out TensorEntry? tensor)
        ? tensor.Shape.AsSpan().SequenceEqual(part.Shape)
        : part.Part == ImportTarget.Bias);

    private static string Signature(IEnumerable<(string Part, long[] Shape)> parts) =>
        string.Join(' ', parts.OrderBy(part => part.Part, StringComparer.Ordinal).Select(part => part.Part + TensorEntry.Text(part.Shape)));

    private static bool SameButForOnes(long[] one, long[] other) => one.Where(size => size != 1).SequenceEqual(other.Where(size => size != 1));

    private static string Listed(IEnumerable<string> names, string joint = "and")
    {
        string[] all = [.. names];
        return all.Length <= 1 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {joint} {all[^1]}";
    }

    private static string MapText(IEnumerable<(string Tensor, string? Parameter)> entries) => $"new Dictionary<string, string?> {{ {string.Join(
        ", ", entries.Select(entry => $"[\"{entry.Tensor}\"] = {(entry.Parameter is null ? "null" : $"\"{entry.Parameter}\"")}"))} }}";
}
