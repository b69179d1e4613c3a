using Fpe.Embedded.Networks;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Export;

/// <summary>Finds names of C that two things would have: layers give names to functions and tables, beside the functions that a program calls.</summary>
internal static class NameCheck
{
    /// <summary>Checks a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">The name of the files.</param>
    /// <exception cref="CExportException">Two things would have the same name.</exception>
    public static void Require(CNetwork network, string name)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal) { [$"{name}_class_names"] = $"the header {name}.h" };
        foreach (PublicFunction function in PublicFunction.Of(network, name))
            owners.Add(function.Name, $"the header {name}.h");
        foreach (CStep step in network.Steps)
        {
            foreach (string identifier in NamesOf(step))
            {
                if (!owners.TryAdd(identifier, step.Layer))
                    throw new CExportException($"{network.Plan.Name}.{step.Layer}", $"{identifier} would be a name of {owners[identifier]}, too, in C; rename the layer, or choose another name with CExportOptions.Name.");
            }
        }
    }

    private static IEnumerable<string> NamesOf(CStep step) =>
        [$"run_{step.Identifier}", $"{step.Identifier}_values", .. step.Tables.Select(table => $"{step.Identifier}_{table.Name}")];
}
