using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Fpe.ML;

/// <summary>Makes networks known to the catalog of an environment: the loader, and the classes of models.</summary>
internal static class NetworkLoader
{
    /// <summary>Marks networks in a file; 8 characters.</summary>
    public const string Signature = "FPE NETW";

    /// <summary>The name under which ML.NET finds the loader; at most 24 characters.</summary>
    public const string LoadName = "FpeNetwork";

    private static readonly ConditionalWeakTable<ComponentCatalog, Dictionary<string, ModelLoader>> Known = [];

    /// <summary>Makes networks of a class loadable.</summary>
    public static void Add(ComponentCatalog catalog, string name, ModelLoader loader)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(catalog, out Dictionary<string, ModelLoader>? classes))
            {
                MLNetAccess.Register(catalog);
                Known.Add(catalog, classes = []);
            }

            classes[name] = loader;
        }
    }

    /// <summary>Returns what loads the models of a class.</summary>
    /// <exception cref="ModelFileException">The class was not registered.</exception>
    public static ModelLoader Get(ComponentCatalog catalog, string name)
    {
        lock (Known)
        {
            return Known.TryGetValue(catalog, out Dictionary<string, ModelLoader>? classes) && classes.TryGetValue(name, out ModelLoader? loader)
                ? loader
                : throw new ModelFileException($"The file holds a network of the class {name}, which is not registered; call mlContext.RegisterNetwork<{name.Split('.', '+')[^1]}>() before loading.");
        }
    }
}
