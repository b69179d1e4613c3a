using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Fpe.ML;

/// <summary>
/// Internals of ML.NET that a trainer of another library needs: the environment of a catalog, the shape of a column, and
/// how a transformer is saved and loaded. All uses of it are here, so that a version without it fails with one message.
/// </summary>
internal static class MLNetAccess
{
    private const string ContentName = "Network.bin";

    private static readonly Assembly Core = typeof(ITransformer).Assembly;

    /// <summary>The version of the package: that of its assemblies is always 1.0.0.0.</summary>
    private static string Version => Core.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The version of the package that the project refers to.</summary>
    private static string BuiltWith =>
        typeof(MLNetAccess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Microsoft.ML").Value!;

    /// <summary>Returns the environment of the trainers of a catalog.</summary>
    public static IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase trainers) => Call(() => Environment(Owner(trainers)));

    /// <summary>Returns the shape of a schema.</summary>
    public static SchemaShape ShapeOf(DataViewSchema schema) => Call(() => Shape(null, schema));

    /// <summary>Saves a transformer that <see cref="Register"/> makes loadable.</summary>
    public static void Save(ModelSaveContext context, Action<BinaryWriter> write)
    {
        object version = Require(Core.GetType("Microsoft.ML.VersionInfo")?.GetConstructors().SingleOrDefault()).Invoke(
            [NetworkLoader.Signature, 0x00010001u, 0x00010001u, 0x00010001u, typeof(MLNetAccess).Assembly.FullName, NetworkLoader.LoadName, null]);
        Require(typeof(ModelSaveContext).GetMethod("SetVersionInfo", BindingFlags.Instance | BindingFlags.NonPublic)).Invoke(context, [version]);
        Call(() =>
        {
            SaveBinaryStream(context, ContentName, write);
            return context;
        });
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The ModelLoadContext, whose type is not public.</param>
    /// <param name="read">Reads the content.</param>
    public static void Load(object context, Action<BinaryReader> read)
    {
        bool found = Require(context.GetType().GetMethod("TryLoadBinaryStream")).CreateDelegate<Func<string, Action<BinaryReader>, bool>>(context)(ContentName, read);
        if (!found)
            throw new ModelFileException($"The file of ML.NET is damaged: {ContentName} of a network is missing; save the model again.");
    }

    /// <summary>Adds the loader of networks to a catalog, as an assembly of ML.NET does by its attributes, which are not public.</summary>
    public static void Register(ComponentCatalog catalog)
    {
        Type context = Require(Core.GetType("Microsoft.ML.ModelLoadContext"));
        Type attribute = Require(Core.GetType("Microsoft.ML.LoadableClassAttribute"));
        ConstructorInfo constructor = Require(attribute.GetConstructor([typeof(string), typeof(Type), typeof(Type), typeof(Type), typeof(Type), typeof(string), typeof(string[])]));
        object loader = constructor.Invoke(
        [
            "A network declared with Fpe.", typeof(NetworkTransformer), typeof(NetworkLoader<>).MakeGenericType(context), null,
            Require(Core.GetType("Microsoft.ML.SignatureLoadModel")), "Network", new[] { NetworkLoader.LoadName },
        ]);
        catalog.RegisterAssembly(new LoaderAssembly((Attribute)loader));
    }

    /// <summary>Calls a member of ML.NET by an accessor, whose first call fails if the member is missing.</summary>
    /// <exception cref="NotSupportedException">This version of ML.NET does not have it.</exception>
    internal static T Call<T>(Func<T> accessor)
    {
        try
        {
            return accessor();
        }
        catch (MissingMemberException error)
        {
            throw Differs(error);
        }
    }

    private static T Require<T>(T? member)
        where T : class => member ?? throw Differs();

    private static NotSupportedException Differs(Exception? error = null) => new(
        $"Microsoft.ML {Version} differs from {BuiltWith}, with which Fpe.ML was built, in how transformers are created, saved and loaded; use that version, or a later one of Fpe.ML.",
        error);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Owner")]
    private static extern TrainCatalogBase Owner(TrainCatalogBase.CatalogInstantiatorBase trainers);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    private static extern IHostEnvironment Environment(TrainCatalogBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern SchemaShape Shape(SchemaShape? type, DataViewSchema schema);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SaveBinaryStream")]
    private static extern void SaveBinaryStream(ModelSaveContext context, string name, Action<BinaryWriter> action);
}
