package io.heddle.script

/**
 * A script as classes.
 *
 * @property mainClass the class whose constructor runs the script, and whose properties are the script's
 * @property classes the class files, by binary name
 * @property warnings what the compiler has against it, ready to be read
 */
internal class CompiledScript(val mainClass: String, val classes: Map<String, ByteArray>, val warnings: List<String>) {
    /** Makes the classes of a script from memory, so that no file stays open while it runs. */
    fun load(): Class<*> = ScriptClasses(classes, javaClass.classLoader).loadClass(mainClass)

    private class ScriptClasses(private val classes: Map<String, ByteArray>, parent: ClassLoader) :
        ClassLoader(parent) {
        override fun findClass(name: String): Class<*> {
            val bytes = classes[name] ?: throw ClassNotFoundException(name)
            return defineClass(name, bytes, 0, bytes.size)
        }
    }
}
